using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>One request to one destination, with all its tries: Envoy's router filter (<c>source/common/router/router.cc</c>).</summary>
internal sealed class UpstreamRequest(UpstreamTry upstreamTry, Randomness randomness, TimeProvider time)
{
    /// <summary>Sends the request to <paramref name="cluster"/> and hands the answer back, or says why there is none.</summary>
    public async Task SendAsync(Exchange exchange, Cluster cluster, ForwardPlan plan)
    {
        if (!UpstreamTarget.CanBeSent(exchange))
        {
            await LocalReply.SendAsync(exchange, 400, "Bad Request", ResponseFlags.DownstreamProtocolError, "invalid_upstream_target");
            return;
        }

        using var deadline = Deadline(exchange, plan);
        using var body = RememberBody(exchange, plan);
        var retries = exchange.Retries;
        retries.Begin(plan.Retries, body);
        foreach (var mirror in plan.Mirrors)
        {
            mirror.Copy(exchange, body);
        }

        try
        {
            while (true)
            {
                await upstreamTry.RunAsync(exchange, cluster, deadline?.Token ?? CancellationToken.None);
                if (!retries.Again)
                {
                    return;
                }

                await Task.Delay(BackOff.Next(exchange.Attempts, plan.Retries!.BackOffBase, randomness), time, deadline?.Token ?? exchange.Context.RequestAborted);
                exchange.Context.Response.Clear();
                body?.Rewind();
            }
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !exchange.Context.RequestAborted.IsCancellationRequested)
        {
            // The time ran out between two tries, or while waiting for a connection.
            await UpstreamFailure.RouteTimeout.ReplyAsync(exchange);
        }
    }

    /// <summary>The route's time, or for gRPC the caller's own within it (<c>route.go: setTimeout</c>, max_grpc_timeout).</summary>
    private CancellationTokenSource? Deadline(Exchange exchange, ForwardPlan plan)
    {
        var limit = plan.Timeout > TimeSpan.Zero ? plan.Timeout : null;
        if (exchange.IsGrpc && GrpcTimeout.Read(exchange.Context.Request.Headers["grpc-timeout"]) is { } asked && (limit is null || asked < limit))
        {
            limit = asked;
        }

        return limit is null ? null : new CancellationTokenSource(Timers.Bounded(limit.Value), time);
    }

    /// <summary>A body is remembered only where somebody may have to send it again.</summary>
    private static ReplayableBody? RememberBody(Exchange exchange, ForwardPlan plan)
    {
        if ((plan.Retries is null && plan.Mirrors.Length == 0) || exchange.Context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return null;
        }

        var body = new ReplayableBody(exchange.Context.Request.Body);
        exchange.Context.Request.Body = body;
        return body;
    }
}
