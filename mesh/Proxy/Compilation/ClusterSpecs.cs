using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>The destinations of one scope, each made once.</summary>
internal sealed class ClusterSpecs(ServiceRegistry registry, DestinationRuleIndex destinationRules)
{
    private readonly Dictionary<string, ClusterSpec> _byName = new(StringComparer.OrdinalIgnoreCase);

    public List<ClusterSpec> All { get; } = [];

    /// <summary>Where requests for unknown hosts go.</summary>
    public ClusterSpec Passthrough()
    {
        var spec = new ClusterSpec
        {
            Index = All.Count,
            Name = ClusterSpec.PassthroughName,
            Service = new Service
            {
                Host = ClusterSpec.PassthroughName,
                Name = ClusterSpec.PassthroughName,
                Namespace = "unknown",
                Port = 0,
                SpeaksHttp2 = false,
                Endpoints = [],
                ByRequestedHost = true,
                KeepsClientProtocol = true,
                NamesFor = _ => [],
            },
            Subset = "",
            Endpoints = [],
            Policy = DestinationPolicy.Default,
        };
        All.Add(spec);
        return spec;
    }

    /// <summary>The destination; null where the host is unknown, does not have the port, or no DestinationRule names the subset.</summary>
    /// <param name="host">Full name.</param>
    /// <param name="subset">Subset; empty or null for the whole service.</param>
    /// <param name="port">Port; null for a service's only port.</param>
    public ClusterSpec? Find(string host, string? subset, int? port) =>
        registry.Find(host, port) is { } service ? Find(service, subset ?? "") : null;

    public ClusterSpec? Find(Service service, string subset)
    {
        var name = ClusterSpec.NameOf(service.Host, subset, service.Port);
        if (_byName.TryGetValue(name, out var known))
        {
            return known;
        }

        var rule = destinationRules.Find(service);
        var settings = rule?.Subsets.FirstOrDefault(candidate => candidate.Name == subset);
        if (subset.Length > 0 && settings is null)
        {
            return null;
        }

        var spec = new ClusterSpec
        {
            Index = All.Count,
            Name = name,
            Service = service,
            Subset = subset,
            Endpoints = settings is null ? service.Endpoints : [.. service.Endpoints.Where(endpoint => Carries(endpoint, settings))],
            Policy = DestinationPolicy.Merge(rule?.TrafficPolicy, settings?.TrafficPolicy, service.Port),
        };
        All.Add(spec);
        return _byName[name] = spec;
    }

    private static bool Carries(Endpoint endpoint, Subset subset) =>
        subset.Labels.All(label => endpoint.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
