using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Redirects;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Sessions;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>Carries out what a route says: the destination, faults, CORS, then the action.</summary>
internal sealed class RouteExecutor(UpstreamRequest upstream, TrafficMetrics metrics, Randomness randomness)
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ExecuteAsync(Exchange exchange, Route route, ClusterTable clusters)
    {
        exchange.RouteName = route.Name;
        var session = (route.Action as ForwardAction)?.Session;
        var held = session?.Read(exchange);
        var destination = Choose(exchange, route.Action, held);
        var cluster = destination?.Cluster is { } spec ? clusters[spec] : null;
        exchange.Preferred = held is null ? null : cluster?.Find(held.Address);
        exchange.AddResponseFilter(session?.Issue(exchange, held));
        exchange.Series = cluster?.Series
            ?? (destination?.Service is { } service ? metrics.SeriesFor(exchange.Caller, service, null) : null);
        exchange.AddResponseFilter(destination?.ResponseHeaders);
        exchange.AddResponseFilter(route.ResponseHeaders);
        if (route.Fault is not null && await route.Fault.InjectAsync(exchange))
        {
            return;
        }

        if (route.Cors is not null && await route.Cors.AnswerAsync(exchange))
        {
            return;
        }

        await (route.Action switch
        {
            ForwardAction forward => ForwardAsync(exchange, forward, destination!, cluster, clusters),
            RedirectAction redirect => new ValueTask(RedirectAsync(exchange, redirect)),
            DirectResponseAction direct => new ValueTask(
                LocalReply.SendAsync(exchange, direct.Status, direct.Body, ResponseFlags.None, LocalReply.DirectResponse)),
            _ => throw new InvalidOperationException($"The pipeline cannot carry out {route.Action}."),
        });
    }

    /// <summary>
    /// Chooses the destination; null where the route does not forward. Envoy's router chooses with the route, before any filter, so that a
    /// fault on purpose is counted for the right one. A session goes before the weights.
    /// </summary>
    internal RouteDestination? Choose(Exchange exchange, RouteAction action, HeldSession? held = null)
    {
        var destinations = (action as ForwardAction)?.Destinations;
        var destination = (held is null ? null : destinations?.Find(held.ClusterName)) ?? destinations?.Pick(randomness);
        exchange.ClusterName = destination?.ClusterName;
        return destination;
    }

    private ValueTask ForwardAsync(Exchange exchange, ForwardAction action, RouteDestination destination, Cluster? cluster,
        ClusterTable clusters)
    {
        if (cluster is null)
        {
            return new ValueTask(
                LocalReply.SendAsync(exchange, action.MissingStatus, "", ResponseFlags.NoClusterFound, "cluster_not_found"));
        }

        return upstream.SendAsync(exchange, cluster, Prepare(exchange, action, destination), clusters);
    }

    /// <summary>
    /// Makes the request what the destination shall see, and says how it is forwarded: header operations may change the retries, but not
    /// the times, which are settled before (<c>router.cc: decodeHeaders</c>; <c>config_impl.cc: finalizeRequestHeaders</c>).
    /// </summary>
    private static ForwardPlan Prepare(Exchange exchange, ForwardAction action, RouteDestination destination)
    {
        var request = exchange.Context.Request;
        var plan = action.Plan;
        UpstreamRequest.WriteHeaders(exchange, plan);

        // Envoy goes from the weighted destination to the route, so that here the route has the last word.
        destination.RequestHeaders?.Apply(request.Headers);
        action.RequestHeaders?.Apply(request.Headers);
        if ((action.Authority ?? destination.Authority) is { } authority)
        {
            request.Headers["x-envoy-original-host"] = request.Headers.Host;
            request.Headers.Host = authority;
        }

        if (action.PathRewrite is not null)
        {
            request.Headers["x-envoy-original-path"] = exchange.Path + exchange.Query;
            exchange.Path = action.PathRewrite.Apply(exchange.Path);
        }

        return action.RequestHeaders is null && destination.RequestHeaders is null ? plan
            : plan.With(RetryHeaders.Consume(plan.Retries, request.Headers));
    }

    private static Task RedirectAsync(Exchange exchange, RedirectAction redirect)
    {
        var location = redirect.Location(exchange.ReadInfo());
        var sent = LocalReply.SendAsync(exchange, redirect.Status, "", ResponseFlags.None, LocalReply.DirectResponse);
        exchange.Context.Response.Headers.Location = location;
        return sent;
    }
}
