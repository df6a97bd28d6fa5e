using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Model;

/// <summary>The topology in the terms of the console and of the analysis of rules.</summary>
internal static class TopologyExtensions
{
    /// <summary>
    /// The ports of <c>istio-ingressgateway</c> as <c>istioctl install</c> makes it with the profile demo, the Service's and the pods'
    /// (<c>manifests/profiles/demo.yaml</c> of istio/istio). The Lab's gateway stands for all of them.
    /// </summary>
    private static readonly int[] IngressPorts = [80, 443, 8080, 8443, 15021, 15443, 31400];

    /// <summary>Every service, as the console shows it.</summary>
    /// <param name="topology">The system.</param>
    public static IReadOnlyList<ServiceDescription> DescribeServices(this ServiceTopology topology) =>
        [.. topology.Services.Select(Describe)];

    /// <summary>A service, as the console shows it.</summary>
    /// <param name="service">The service.</param>
    public static ServiceDescription Describe(this BookService service) => new(
        service.Name,
        service.Port,
        service.Protocol == ServiceProtocol.Grpc ? "grpc" : "http",
        service.Summary,
        service.Calls,
        [.. service.Releases.Select(release => new ReleaseDescription(release.Version, release.Summary))]);

    /// <summary>
    /// The Services that a cluster has for a service: its own, and one for each release, which the backends of routes of the Gateway API
    /// name.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="namespace">The namespace of all.</param>
    public static IEnumerable<MeshService> ToMeshServices(this ServiceDescription service, string @namespace) =>
    [
        new MeshService(service.Name, service.Port, service.Protocol, @namespace),
        .. service.Releases.Select(release =>
            new MeshService($"{service.Name}-{release.Version}", service.Port, service.Protocol, @namespace)
            {
                Selector = new Dictionary<string, string> { ["app"] = service.Name, ["version"] = release.Version },
            }),
    ];

    /// <summary>
    /// Every service with every release, for the analysis of rules, whether it runs or not: a rule for a release that only runs on request
    /// is a good rule.
    /// </summary>
    /// <param name="topology">The system.</param>
    /// <param name="others">Names of services that are not in it.</param>
    public static KnownServices ToKnownServices(this ServiceTopology topology, params IEnumerable<string> others) =>
        new(topology.Namespace, topology.ClusterDomain, [.. topology.Services.Select(service => service.Name), .. others])
        {
            Ports = topology.Services.ToDictionary(service => service.Name, IReadOnlyCollection<int> (service) => [service.Port]),
            PortNames = topology.DescribeServices().SelectMany(service => service.ToMeshServices(topology.Namespace)).ToDictionary(
                service => service.Name,
                IReadOnlyDictionary<string, int> (service) => new Dictionary<string, int> { [service.Protocol] = service.Port }),
            WorkloadLabels = topology.Services.ToDictionary(service => service.Name, SelectLabels),
            Hosts = [.. topology.Services.SelectMany(service => service.Releases, (service, release) => service.WorkloadName(release))],
            GatewayLabels = [Workload.IngressGateway.Labels],
            GatewayPorts = IngressPorts,
        };

    private static IReadOnlyCollection<IReadOnlyDictionary<string, string>> SelectLabels(BookService service) =>
        [.. service.Releases.Select(release => new Dictionary<string, string> { ["app"] = service.Name, ["version"] = release.Version })];
}
