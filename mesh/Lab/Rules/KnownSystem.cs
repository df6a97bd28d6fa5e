using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>The topology as the analysis of rules sees it.</summary>
internal static class KnownSystem
{
    /// <summary>Every service with every release, whether it runs or not: a rule for a release that is only on request is a good rule.</summary>
    /// <param name="topology">The system.</param>
    /// <param name="others">Names of services that are not in it.</param>
    public static KnownServices Of(ServiceTopology topology, params IEnumerable<string> others) =>
        new(topology.Namespace, topology.ClusterDomain, [.. topology.Services.Select(service => service.Name), .. others])
        {
            Ports = topology.Services.ToDictionary(service => service.Name, IReadOnlyCollection<int> (service) => [service.Port]),
            WorkloadLabels = topology.Services.ToDictionary(service => service.Name, Labels),
            GatewayLabels = [Workload.IngressGateway.Labels],
        };

    private static IReadOnlyCollection<IReadOnlyDictionary<string, string>> Labels(BookService service) =>
        [.. service.Releases.Select(release => new Dictionary<string, string> { ["app"] = service.Name, ["version"] = release.Version })];
}
