using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>What was read so far: rules, each once, and what other resources tell.</summary>
internal sealed class Gathered
{
    /// <summary>
    /// In order of first appearance: a resource that is applied again keeps its place, as it keeps its creation time on a cluster.
    /// </summary>
    private readonly OrderedDictionary<string, Resource> _resources = new(StringComparer.Ordinal);

    /// <summary>Which fields of the Gateway API there are.</summary>
    public GatewayApiChannel Channel { get; init; }

    /// <summary>The texts that were read.</summary>
    public TextPool Pool { get; } = new();

    /// <summary>The nodes of what was read.</summary>
    public List<IReadOnlyList<YamlNode>> Nodes { get; } = [];

    /// <summary>Resources that are not rules.</summary>
    public PassedOver PassedOver { get; } = new();

    /// <summary>What Kubernetes objects tell.</summary>
    public KubernetesObjectReader Objects { get; } = new();

    /// <summary>Rules that were only read in part.</summary>
    public HashSet<Resource> Faulty { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes a rule.</summary>
    public void Add(Resource resource, List<Problem> problems)
    {
        // The Gateway API's kind Gateway is another one than Istio's.
        var group = resource is GatewayApiResource ? GatewayApiResource.Group : "";
        var key = $"{group}/{resource.Kind}/{resource.Namespace}/{resource.Name}";
        if (resource.Name.Length > 0 && _resources.TryGetValue(key, out var earlier))
        {
            var place = earlier.Source.Find("");
            problems.Add(resource.Problem(
                MessageTypes.Replaced,
                "metadata.name",
                $"this replaces the {resource.Kind} of the same name at {earlier.Source.File}:{place.Line}:{place.Column}",
                "give it another name if both are wanted"));
        }

        _resources[key] = resource;
    }

    /// <summary>The rules, by kind.</summary>
    public RuleSet ToRuleSet() => new(Of<VirtualService>(), Of<DestinationRule>(), Of<Gateway>(), Of<ServiceEntry>())
    {
        GatewayApi = Of<GatewayApiResource>(),
        Ingresses = Of<IngressResource>(),
    };

    private List<T> Of<T>()
        where T : Resource => [.. _resources.Values.OfType<T>()];
}
