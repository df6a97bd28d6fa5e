using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Registry;
using HttpProtocol = Microsoft.AspNetCore.Http.HttpProtocol;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// A destination as the rules have it: the endpoints of a service's subset, and the policy for the traffic to them. The same for every
/// caller of a namespace.
/// </summary>
internal sealed class ClusterSpec
{
    /// <summary>Istio's name for wherever a request for an unknown host goes.</summary>
    public const string PassthroughName = "PassthroughCluster";

    /// <summary>Position among the clusters of one compiled scope.</summary>
    public required int Index { get; init; }

    /// <summary>Istio's name for it: <c>outbound|9080|v1|reviews.default.svc.cluster.local</c>.</summary>
    public required string Name { get; init; }

    public required Service Service { get; init; }

    /// <summary>The subset; empty for the whole service.</summary>
    public required string Subset { get; init; }

    public required IReadOnlyList<Endpoint> Endpoints { get; init; }

    public required DestinationPolicy Policy { get; init; }

    /// <summary>
    /// The version for a request is that of the destination's port, whatever the request is: gRPC to a port called <c>http</c> goes as
    /// HTTP/1.1, and fails there. Rules may ask for another; a request for an unknown host keeps its own
    /// (<c>pilot/pkg/networking/core/cluster_builder.go: setUpstreamProtocol</c>).
    /// </summary>
    public bool UsesHttp2(string clientProtocol) =>
        Service.KeepsClientProtocol || Policy.ConnectionPool?.Http?.UseClientProtocol == true
            ? HttpProtocol.IsHttp2(clientProtocol)
            : Service.SpeaksHttp2 || Policy.ConnectionPool?.Http?.H2UpgradePolicy == H2UpgradePolicy.Upgrade;

    /// <summary>Envoy's cluster name for a service, subset and port (<c>pilot/pkg/model/push_context.go: BuildSubsetKey</c>).</summary>
    public static string NameOf(string host, string subset, int port) => $"outbound|{port}|{subset}|{host}";
}
