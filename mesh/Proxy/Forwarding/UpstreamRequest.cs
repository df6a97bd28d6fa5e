using System.Globalization;
using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>One request to one destination, with all its attempts: Envoy's router filter (<c>source/common/router/router.cc</c>).</summary>
internal sealed class UpstreamRequest(IUpstreamClient client, UpstreamLog log, Randomness randomness, TimeProvider time)
{
    /// <summary>Sends the request to <paramref name="cluster"/> and hands the answer back, or says why there is none.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="cluster">The destination.</param>
    /// <param name="plan">How the route forwards.</param>
    /// <param name="clusters">The caller's destinations, for mirrors.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(Exchange exchange, Cluster cluster, ForwardPlan plan, ClusterTable clusters)
    {
        if (!UpstreamTarget.CanBeSent(exchange, cluster.Spec.UsesHttp2(exchange.Context.Request.Protocol)))
        {
            await LocalReply.SendAsync(exchange, 400, "Bad Request", ResponseFlags.DownstreamProtocolError, "invalid_upstream_target");
            return;
        }

        using var deadline = StartDeadline(exchange);
        using var body = RememberBody(exchange, plan);
        foreach (var mirror in plan.Mirrors)
        {
            mirror.Copy(exchange, clusters, body);
        }

        var attempt = exchange.Forwarding as UpstreamAttempt ?? new UpstreamAttempt(exchange, log, time);
        exchange.Forwarding = attempt;
        try
        {
            attempt.Prepare(cluster, plan.Retries, body);
            await SendAsync(attempt, plan.Retries, body, deadline);
        }
        catch (OperationCanceledException)
            when (deadline is { Token.IsCancellationRequested: true } && !exchange.Context.RequestAborted.IsCancellationRequested)
        {
            // The time ran out between two attempts, or while waiting for a connection.
            await UpstreamFailure.RouteTimeout.ReplyAsync(exchange);
        }
        finally
        {
            attempt.Release();
        }
    }

    /// <summary>The one place where another attempt is decided on and made.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(UpstreamAttempt attempt, RetryPolicy? policy, ReplayableBody? body, ResponseTimeout? deadline)
    {
        var exchange = attempt.Exchange;
        while (true)
        {
            var result = await attempt.RunAsync(client, policy?.PerTryTimeout, deadline?.Token ?? CancellationToken.None);
            if (result.Outcome == AttemptOutcome.Answered)
            {
                return;
            }

            if (result.Failure is { } failure)
            {
                var decision = attempt.Retries.Decide(failure.Kind, exchange.Host, attempt.Cluster.Limits.AllowsRetry);
                if (decision != RetryDecision.Retry)
                {
                    exchange.Flags |= UpstreamFailure.FlagsOf(decision);
                    await failure.ReplyAsync(exchange);
                    return;
                }
            }

            log.Retry(exchange, result.Failure);
            await Task.Delay(BackOff.Next(exchange.Attempts, policy!.BackOffBase, randomness), time,
                deadline?.Token ?? exchange.Context.RequestAborted);
            exchange.Context.Response.Clear();
            body?.Rewind();
            exchange.Context.Request.Headers["x-envoy-attempt-count"] =
                (exchange.Attempts + 1).ToString(CultureInfo.InvariantCulture);
            TimeoutHeaders.Write(exchange, exchange.Timeout, policy.PerTryTimeout, deadline?.Elapsed ?? TimeSpan.Zero);
        }
    }

    /// <summary>
    /// Writes what the router says of itself to the pod, before the route's header operations, which may change it
    /// (<c>router.cc: decodeHeaders</c>).
    /// </summary>
    public static void WriteHeaders(Exchange exchange, ForwardPlan plan)
    {
        exchange.Timeout = LimitOf(exchange, plan);
        exchange.Context.Request.Headers["x-envoy-attempt-count"] = "1";
        TimeoutHeaders.Write(exchange, exchange.Timeout, plan.Retries?.PerTryTimeout, TimeSpan.Zero);
    }

    /// <summary>The route's time, or for gRPC the caller's own within it (<c>route.go: setTimeout</c>, max_grpc_timeout).</summary>
    private static TimeSpan? LimitOf(Exchange exchange, ForwardPlan plan)
    {
        var limit = plan.Timeout > TimeSpan.Zero ? plan.Timeout : null;
        if (exchange.IsGrpc && GrpcTimeout.Read(exchange.Context.Request.Headers["grpc-timeout"]) is { } asked
            && (limit is null || asked < limit))
        {
            limit = asked;
        }

        return limit;
    }

    /// <summary>The time counts from the end of the request (<c>router.cc: onRequestComplete</c>).</summary>
    private ResponseTimeout? StartDeadline(Exchange exchange)
    {
        if (exchange.Timeout is not { } limit)
        {
            return null;
        }

        var deadline = new ResponseTimeout(limit, time, CancellationToken.None);
        exchange.Bodies.WhenRequestEnds(deadline.Start);
        return deadline;
    }

    /// <summary>A body is remembered only where somebody may have to send it again.</summary>
    private static ReplayableBody? RememberBody(Exchange exchange, ForwardPlan plan)
    {
        if ((plan.Retries is null && plan.Mirrors.Length == 0)
            || exchange.Context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return null;
        }

        var body = new ReplayableBody(exchange.Context.Request.Body);
        exchange.Context.Request.Body = body;
        return body;
    }
}
