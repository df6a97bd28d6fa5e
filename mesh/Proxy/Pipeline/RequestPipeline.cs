using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Connections.Features;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>The way of one request, from top to bottom.</summary>
internal sealed class RequestPipeline(RequestAdmission admission, RulesHolder rules, RouteExecutor routes, UnknownHosts unknownHosts,
    TrafficRecorder recorder, UnhandledExceptionHandler exceptionHandler)
{
    public async Task RunAsync(Exchange exchange)
    {
        var isOutside = exchange.Caller.IsGateway && !exchange.HasNoRoom;
        var isIn = false;
        try
        {
            isIn = !isOutside || await admission.EnterAsync(exchange.Context.RequestAborted);
            if (!isIn || exchange.HasNoRoom)
            {
                await ShedAsync(exchange);
                return;
            }

            if (HeaderValidator.Validate(exchange.Context, exchange.Target) is { } fault)
            {
                await RefuseAsync(exchange, fault);
                return;
            }

            if (LoopGuard.GoesRound(exchange.Context.Request.Headers))
            {
                await LocalReply.SendPlainAsync(exchange, 508, "Loop Detected", ResponseFlags.None, LoopGuard.Details);
                return;
            }

            RequestHeaders.Complete(exchange.Context, exchange.Caller.IsGateway, exchange.Target.Scheme);
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
        finally
        {
            if (isOutside && isIn)
            {
                admission.Leave();
            }
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

    /// <summary>
    /// Says that there is no room and ends the connection (<c>source/common/http/conn_manager_impl.cc: decodeHeaders</c> of
    /// envoyproxy/envoy, <c>overload_stop_accepting_requests</c>).
    /// </summary>
    private static Task ShedAsync(Exchange exchange)
    {
        exchange.Context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        return LocalReply.SendPlainAsync(exchange, 503, "envoy overloaded", ResponseFlags.OverloadManager, "overload");
    }

    private static Task RefuseAsync(Exchange exchange, RequestFault fault)
    {
        if (!fault.IsProtocolError)
        {
            return LocalReply.SendPlainAsync(exchange, fault.Status, fault.Body, ResponseFlags.None, fault.Details);
        }

        return LocalReply.SendPlainAsync(exchange, fault.Status, fault.Body, ResponseFlags.DownstreamProtocolError, fault.Details);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RouteAsync(Exchange exchange)
    {
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
