using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>The way of one request, from top to bottom.</summary>
internal sealed class RequestPipeline(RulesHolder rules, RouteExecutor routes, UnknownHosts unknownHosts, TrafficRecorder recorder,
    UnhandledExceptionHandler exceptionHandler)
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
            await exceptionHandler.HandleAsync(exchange, e);
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
            exceptionHandler.NotRecorded(exchange, e);
        }
    }

    private async Task RouteAsync(Exchange exchange)
    {
        if (exchange.HasTwoLengths)
        {
            exchange.Context.Response.Headers.Connection = "close";
            await LocalReply.SendAsync(exchange, 400, "Bad Request", ResponseFlags.DownstreamProtocolError,
                "http1.content_length_and_chunked_not_allowed");
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

        var info = exchange.ReadInfo();
        var tables = rules.Current;
        var scope = tables.ScopeOf(exchange.Caller);
        var clusters = tables.ClustersOf(exchange.Caller);
        if (scope.Hosts.Find(info.Authority) is not { } host)
        {
            await unknownHosts.HandleAsync(exchange, scope.Passthrough, clusters);
            return;
        }

        if (host.RoutesFor(exchange.Caller).Find(info) is not { } route)
        {
            await LocalReply.SendAsync(exchange, 404, "", ResponseFlags.NoRouteFound, "route_not_found");
            return;
        }

        await routes.ExecuteAsync(exchange, route, clusters);
    }
}
