using Bookinfo.Mesh.Istio.Analysis;

namespace Bookinfo.Mesh.GatewayApi;

/// <summary>What istiod knows of the cluster beside the rules, as far as the Gateway API asks for it.</summary>
public sealed record ClusterFacts
{
    /// <summary>The cluster's domain, the tail of every full service name.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The Services that exist, each by namespace and name.</summary>
    public required IReadOnlySet<(string Namespace, string Name)> Services { get; init; }

    /// <summary>The numbers of ports by their names, by the Service's namespace and name.</summary>
    public IReadOnlyDictionary<(string Namespace, string Name), IReadOnlyDictionary<string, int>> PortNames { get; init; } =
        new Dictionary<(string Namespace, string Name), IReadOnlyDictionary<string, int>>();

    /// <summary>
    /// The labels of namespaces by name, for the selectors of listeners; every namespace has
    /// <c>kubernetes.io/metadata.name</c> without being named here.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> NamespaceLabels { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The same facts in the words of the analysis.</summary>
    /// <param name="known">What is known of the cluster.</param>
    public static ClusterFacts Of(KnownServices known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return new ClusterFacts
        {
            ClusterDomain = known.ClusterDomain,
            Services = new HashSet<(string Namespace, string Name)>(
            [
                .. known.ServiceNames.Select(name => (known.Namespace, name)),
                .. known.Objects.Services.Select(service => (service.Namespace, service.Name)),
                .. known.Hosts.Select(host => host.Split('.')).Where(parts => parts is [_] or [_, _] or [_, _, "svc", ..])
                    .Select(parts => (parts.Length > 1 ? parts[1] : known.Namespace, parts[0])),
            ]),
            PortNames = Index(
            [
                .. known.PortNames.SelectMany(service =>
                    service.Value.Select(port => (known.Namespace, service.Key, port.Key, port.Value))),
                .. known.Objects.Services.SelectMany(service => service.Ports.Where(port => port.Name is not null)
                    .Select(port => (service.Namespace, service.Name, port.Name!, port.Port))),
            ]),
        };
    }

    /// <summary>Ports by Service and name. Of two ports with one name the first counts.</summary>
    /// <param name="ports">The ports.</param>
    public static IReadOnlyDictionary<(string Namespace, string Name), IReadOnlyDictionary<string, int>> Index(
        IEnumerable<(string Namespace, string Service, string Name, int Number)> ports) =>
        ports.GroupBy(port => (port.Namespace, port.Service)).ToDictionary(service => service.Key,
            IReadOnlyDictionary<string, int> (service) => service.DistinctBy(port => port.Name)
                .ToDictionary(port => port.Name, port => port.Number));
}
