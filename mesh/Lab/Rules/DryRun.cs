using System.Net;
using Bookinfo.Mesh.Istio.Model;
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
    public static IReadOnlyList<Problem> FindUnsupported(RuleSet rules, ServiceTopology topology, IEnumerable<MeshService> others)
    {
        var services = topology.DescribeServices()
            .Select(service => new MeshService(service.Name, service.Port, service.Protocol, topology.Namespace)).ToList();
        return MeshServer.Refusals(
            new MeshOptions
            {
                Services = [.. services, .. others.ExceptBy(services.Select(Name), Name).DistinctBy(Name)],
                Pods = [.. topology.Services.SelectMany(service => service.Releases,
                    (service, release) => Pod(service, release, topology.Namespace))],
                Gateway = Nowhere,
                Namespace = topology.Namespace,
                ClusterDomain = topology.ClusterDomain,
            },
            rules);
    }

    /// <summary>A service of which only the name is known.</summary>
    /// <param name="name">Its short name.</param>
    /// <param name="namespace">Its namespace.</param>
    public static MeshService Service(string name, string @namespace) => new(name, UsualPort, Namespace: @namespace);

    private static (string Name, string Namespace) Name(MeshService service) => (service.Name, service.Namespace);

    private static Pod Pod(BookService service, Release release, string @namespace)
    {
        var workload = Workload.Of(service.Name, release.Version, @namespace);
        return new Pod(workload.Name, workload, Nowhere, Nowhere);
    }
}
