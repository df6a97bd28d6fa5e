namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>
/// Files that a <c>kustomization.yaml</c> beside or above them names as patches: a part of a resource each, and not a rule that lacks
/// lines.
/// </summary>
internal static class KustomizePatches
{
    /// <summary>The full paths of the patches that the kustomizations among some sources name.</summary>
    public static HashSet<string> Of(IEnumerable<(string Name, string Text)> sources)
    {
        var patches = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in sources.Where(source => Kustomization.IsNamed(source.Name)))
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(name))!;
            patches.UnionWith(Kustomization.Read(text).Patches.Select(path => Path.GetFullPath(Path.Combine(folder, path))));
        }

        return patches;
    }
}
