namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>All kinds that a server has.</summary>
public sealed class ResourceCatalog
{
    private readonly Dictionary<(string Group, string Version, string Plural), ResourceDefinition> _byPath = [];

    /// <summary>Takes the kinds.</summary>
    /// <param name="definitions">The kinds, in the order of discovery.</param>
    public ResourceCatalog(IEnumerable<ResourceDefinition> definitions)
    {
        All = [.. definitions];
        foreach (var definition in All)
        {
            foreach (var version in definition.Versions)
            {
                _byPath.Add((definition.Group, version, definition.Plural), definition);
            }
        }
    }

    /// <summary>The kinds, in the order of discovery.</summary>
    public IReadOnlyList<ResourceDefinition> All { get; }

    /// <summary>The groups with their versions, the core group first, the preferred version first.</summary>
    public IEnumerable<(string Group, IReadOnlyList<string> Versions)> Groups => All
        .GroupBy(definition => definition.Group)
        .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.SelectMany(definition => definition.Versions).Distinct()]));

    /// <summary>The kind at a path; null where there is none.</summary>
    /// <param name="group">The API group.</param>
    /// <param name="version">The version in the path.</param>
    /// <param name="plural">The resource in the path.</param>
    public ResourceDefinition? Find(string group, string version, string plural) => _byPath.GetValueOrDefault((group, version, plural));

    /// <summary>The kinds of a group that are served in a version.</summary>
    /// <param name="group">The API group.</param>
    /// <param name="version">The version.</param>
    public IEnumerable<ResourceDefinition> In(string group, string version) =>
        All.Where(definition => definition.Group == group && definition.Versions.Contains(version));
}
