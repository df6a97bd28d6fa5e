using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>The way of one request, from top to bottom.</summary>
internal sealed class RequestPipeline(UnknownHosts unknownHosts, TrafficRecorder recorder, LastHandler lastHandler)
{
    public async Task RunAsync(Exchange exchange)
    {
        try
        {
            RequestHeaders.Complete(exchange);
            exchange.Span = Tracing.Start(exchange);
            await RouteAsync(exchange);
        }
        catch (OperationCanceledException) when (exchange.Context.RequestAborted.IsCancellationRequested)
        {
            exchange.Flags |= ResponseFlags.DownstreamConnectionTermination;
        }
        catch (Exception e)
        {
            await lastHandler.HandleAsync(exchange, e);
        }
    }

    /// <summary>Once the answer is out.</summary>
    public void Complete(Exchange exchange)
    {
        try
        {
            recorder.Record(exchange);
        }
        catch (Exception e)
        {
            lastHandler.NotRecorded(exchange, e);
        }
    }

    private async Task RouteAsync(Exchange exchange)
    {
        if (exchange.HasTwoLengths)
        {
            exchange.Context.Response.Headers.Connection = "close";
            await LocalReply.SendAsync(exchange, 400, "Bad Request", ResponseFlags.DownstreamProtocolError, "http1.content_length_and_chunked_not_allowed");
            return;
        }

        if (exchange.Target.Form == RequestTargetForm.Invalid)
        {
            await LocalReply.SendAsync(exchange, 400, "Bad Request", ResponseFlags.DownstreamProtocolError, "http1.codec_error");
            return;
        }

        if (exchange.Target.Form == RequestTargetForm.Asterisk)
        {
            // Envoy routes paths only (conn_manager_impl.cc: decodeHeaders, AbsolutePath).
            await LocalReply.SendAsync(exchange, 404, "", ResponseFlags.None, "absolute_path_rejected");
            return;
        }

        if (exchange.IsTunnel)
        {
            await LocalReply.SendAsync(exchange, 404, "", ResponseFlags.NoRouteFound, "route_not_found");
            return;
        }

        var facts = exchange.Facts();
        var host = exchange.Rules.ScopeOf(exchange.Caller).Hosts.Find(facts.Authority);
        if (host is null)
        {
            await unknownHosts.HandleAsync(exchange);
            return;
        }

        var route = host.RoutesFor(exchange.Caller).Find(facts);
        if (route is null)
        {
            await LocalReply.SendAsync(exchange, 404, "", ResponseFlags.NoRouteFound, "route_not_found");
            return;
        }

        exchange.Route = route;
        route.Action.Choose(exchange);
        if (route.Fault is not null && await route.Fault.InjectAsync(exchange))
        {
            return;
        }

        if (route.Cors is not null && await route.Cors.AnswerAsync(exchange))
        {
            return;
        }

        await route.Action.ExecuteAsync(exchange);
    }
}
