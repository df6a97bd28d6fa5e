namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The resources read so far, each once.</summary>
internal sealed class ResourceSet
{
    /// <summary>In order of first appearance: a resource that is applied again keeps its place, as it keeps its creation time on a cluster.</summary>
    private readonly OrderedDictionary<string, Resource> _resources = new(StringComparer.Ordinal);

    public void Add(Resource resource, List<Problem> problems)
    {
        var key = $"{resource.Kind}/{resource.Namespace}/{resource.Name}";
        if (resource.Name.Length > 0 && _resources.TryGetValue(key, out var earlier))
        {
            var place = earlier.Source.Find("");
            problems.Add(resource.Problem(
                Severity.Note,
                "metadata.name",
                $"this replaces the {resource.Kind} of the same name at {earlier.Source.File}:{place.Line}:{place.Column}",
                "give it another name if both are wanted"));
        }

        _resources[key] = resource;
    }

    public RuleSet ToRuleSet() => new(Of<VirtualService>(), Of<DestinationRule>(), Of<Gateway>(), Of<ServiceEntry>());

    private List<T> Of<T>()
        where T : Resource => [.. _resources.Values.OfType<T>()];
}
