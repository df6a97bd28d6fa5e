using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Explaining;

/// <summary>Explains a request by rules that are nowhere in force: in a mesh whose pods are only planned.</summary>
internal static class OfflineExplainer
{
    /// <summary>Says where the request would go.</summary>
    /// <param name="request">The request.</param>
    /// <param name="rulePaths">Files and folders of rules; none for the demo's own.</param>
    /// <param name="withBase">Whether the demo's base stands beneath them.</param>
    /// <param name="channel">Which fields of the Gateway API there are.</param>
    /// <param name="log">Where their problems are told.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UserErrorException">The rules cannot be used, or no caller has that name.</exception>
    public static async Task<string> ExplainAsync(ExplainRequest request, IReadOnlyList<string> rulePaths, bool withBase,
        GatewayApiChannel channel, TextWriter log, CancellationToken cancellation)
    {
        var topology = BookinfoSystem.Topology;
        using var network = PodNetwork.Claim();
        var setup = new MeshSetup
        {
            Services = topology.DescribeServices(),
            Pods = [.. LabPod.Plan(topology, [], network).Select(pod => pod.Pod)],
            Known = topology.ToKnownServices() with { GatewayApi = channel },
            Gateway = new IPEndPoint(IPAddress.Loopback, 0),
            RulePaths = rulePaths,
            WithBase = withBase,
            Log = log,
        };
        await using var mesh = await MeshHost.StartAsync(setup, cancellation);
        return mesh.Explain(request).ToString();
    }
}
