using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Rewriting;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>Hands the request to one of the route's destinations.</summary>
internal sealed class ForwardAction : IRouteAction
{
    public required WeightedDestinations Destinations { get; init; }

    public required Randomness Randomness { get; init; }

    public required TrafficLedger Ledger { get; init; }

    public required UpstreamRequest Upstream { get; init; }

    public HeaderChanges? RequestHeaders { get; init; }

    /// <summary>The route's own Host header, before that of a destination.</summary>
    public string? Authority { get; init; }

    public PathRewrite? PathRewrite { get; init; }

    public required ForwardPlan Plan { get; init; }

    public void Choose(Exchange exchange)
    {
        var destination = Destinations.Pick(Randomness);
        exchange.Destination = destination;
        if (destination.Cluster is not null)
        {
            exchange.Cluster = exchange.Rules.Cluster(exchange.Caller, destination.Cluster);
        }
        else if (destination.Service is not null)
        {
            exchange.OtherCell = Ledger.Cell(exchange.Caller, destination.Service, null);
        }
    }

    public Task ExecuteAsync(Exchange exchange)
    {
        if (exchange.Cluster is null)
        {
            return LocalReply.SendAsync(exchange, 503, "", ResponseFlags.NoClusterFound, "cluster_not_found");
        }

        Prepare(exchange, exchange.Destination!);
        return Upstream.SendAsync(exchange, exchange.Cluster, Plan);
    }

    /// <summary>Makes the request what the destination shall see.</summary>
    private void Prepare(Exchange exchange, RouteDestination destination)
    {
        var request = exchange.Context.Request;
        // Envoy goes from the weighted destination to the route, so that here the route has the last word.
        destination.RequestHeaders?.Apply(request.Headers);
        RequestHeaders?.Apply(request.Headers);
        if ((Authority ?? destination.Authority) is { } authority)
        {
            request.Headers.Host = authority;
        }

        if (PathRewrite is not null)
        {
            exchange.Path = PathRewrite.Apply(exchange.Path);
        }
    }
}
