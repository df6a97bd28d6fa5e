using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Rules;

/// <summary>The system's mesh as it would be, to judge rules by: nothing is started.</summary>
internal static class DryRun
{
    private const int UsualPort = 9080;

    // No listener is opened and no pod is called, so one address does for all.
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 0);

    /// <summary>
    /// What the mesh cannot do of rules that have no errors of their own: what <c>PUT /api/rules</c> would refuse beyond those.
    /// </summary>
    /// <param name="rules">The whole set.</param>
    /// <param name="topology">The system.</param>
    /// <param name="others">Services that are not in it.</param>
    public static IReadOnlyList<Problem> FindUnsupported(RuleSet rules, ServiceTopology topology, IEnumerable<MeshService> others) =>
        MeshServer.Refusals(Options(topology, others), rules);

    /// <summary>The mesh of the system, with every release of each service, and with services beside it.</summary>
    /// <param name="topology">The system.</param>
    /// <param name="others">Services that are not in it.</param>
    public static MeshOptions Options(ServiceTopology topology, IEnumerable<MeshService> others)
    {
        var services = topology.DescribeServices()
            .SelectMany(service => service.ToMeshServices(topology.Namespace)).ToList();
        return new MeshOptions
        {
            Services = [.. services, .. others.ExceptBy(services.Select(Name), Name).DistinctBy(service => (Name(service), service.Port))],
            Pods = [.. topology.Services.SelectMany(service => service.Releases,
                (service, release) => Pod(service, release, topology.Namespace))],
            Gateway = Nowhere,
            Namespace = topology.Namespace,
            ClusterDomain = topology.ClusterDomain,
        };
    }

    /// <summary>Services of which only names are known: from Kubernetes objects beside the rules, and from hosts that are named.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="hosts">Hosts, in any form of name.</param>
    /// <param name="namespace">The namespace of a short name.</param>
    public static IEnumerable<MeshService> Services(KubernetesObjects objects, IEnumerable<string> hosts, string @namespace) =>
    [
        .. objects.Services.SelectMany(service => service.Ports, (service, port) =>
            new MeshService(service.Name, port.Port, PortProtocols.Of(port.Port, port.Name, port.Protocol, port.AppProtocol),
                service.Namespace)
            {
                PortName = port.Name,
                Selector = service.Selector,
            }),
        .. hosts.Select(host => host.Split('.', ':')).Where(parts => parts is [_] or [_, _] or [_, _, "svc", ..])
            .Select(parts => new MeshService(parts[0], UsualPort, Namespace: parts.Length > 1 ? parts[1] : @namespace))
            .ExceptBy(objects.Services.Select(service => (service.Name, service.Namespace)), Name),
    ];

    /// <summary>
    /// A pod of each workload among Kubernetes objects that is not in the system, to call and to be called in thought.
    /// </summary>
    /// <param name="objects">The objects.</param>
    /// <param name="others">The system's pods.</param>
    public static IEnumerable<Pod> Pods(KubernetesObjects objects, IEnumerable<Pod> others) => objects.Workloads
        .ExceptBy(others.Select(pod => (pod.Workload.Namespace, pod.Workload.Name)), workload => (workload.Namespace, workload.Name))
        .DistinctBy(workload => (workload.Namespace, workload.Name))
        .Select(workload => new Pod(workload.Name, new Workload(workload.Name, workload.Labels.GetValueOrDefault("app", workload.Name),
            workload.Labels.GetValueOrDefault("version", ""), workload.Labels, workload.Namespace), Nowhere, Nowhere));

    private static (string Name, string Namespace) Name(MeshService service) => (service.Name, service.Namespace);

    private static Pod Pod(BookService service, Release release, string @namespace)
    {
        var workload = Workload.Of(service.Name, release.Version, @namespace);
        return new Pod(workload.Name, workload, Nowhere, Nowhere);
    }
}
