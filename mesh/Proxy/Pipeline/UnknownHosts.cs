using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// Requests for an unknown host: from a sidecar they pass through, or are answered 502, as the outbound policy says
/// (<c>httproute.go: buildCatchAllVirtualHost</c>); from the gateway they have no route.
/// </summary>
internal sealed class UnknownHosts(MeshOptions options, UpstreamRequest upstream, TrafficMetrics metrics)
{
    private const string BlackHoleCluster = "BlackHoleCluster";

    public ValueTask HandleAsync(Exchange exchange, ClusterSpec passthrough, ClusterTable clusters)
    {
        if (exchange.Caller.IsGateway)
        {
            return new ValueTask(LocalReply.SendAsync(exchange, 404, "", ResponseFlags.NoRouteFound, "route_not_found"));
        }

        if (options.OutboundTrafficPolicy == OutboundTrafficPolicy.RegistryOnly)
        {
            exchange.Series = metrics.SeriesFor(exchange.Caller, BlackHoleCluster);
            return new ValueTask(LocalReply.SendAsync(exchange, 502, "", ResponseFlags.None, "direct_response"));
        }

        var cluster = clusters[passthrough];
        exchange.ClusterName = passthrough.Name;
        exchange.Series = cluster.Series;
        UpstreamRequest.WriteHeaders(exchange, ForwardPlan.Plain);
        return upstream.SendAsync(exchange, cluster, ForwardPlan.Plain, clusters);
    }
}
