using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// One attempt: a place within the limits, an endpoint, and what is learnt from how it ends. It does not know how HTTP is spoken, nor
/// whether there will be another attempt. The object is used again for the next attempt, and the exchange's next request.
/// </summary>
internal sealed class UpstreamAttempt(Exchange exchange, UpstreamLog log, TimeProvider time)
{
    private ResponseTimeout? _clock;
    private bool _hasBegun;
    private RetryDecision _decision;
    private UpstreamAnswer? _answer;

    /// <summary>The request.</summary>
    public Exchange Exchange => exchange;

    /// <summary>Where it goes.</summary>
    public UpstreamHost Host => exchange.Host!;

    /// <summary>The destination.</summary>
    public Cluster Cluster { get; private set; } = null!;

    /// <summary>What the request has left of its retries.</summary>
    public RetryState Retries { get; } = new();

    /// <summary>Whether it is sent as HTTP/2; else as HTTP/1.1.</summary>
    public bool UsesHttp2 { get; private set; }

    /// <summary>Starts over, for another request.</summary>
    /// <param name="cluster">Where it goes.</param>
    /// <param name="policy">When another attempt is made; null for never.</param>
    /// <param name="body">The request's body; null where it has none.</param>
    public void Prepare(Cluster cluster, RetryPolicy? policy, ReplayableBody? body)
    {
        Cluster = cluster;
        Retries.Begin(policy, body);
    }

    /// <summary>Lets go of everything that belonged to the request.</summary>
    public void Release()
    {
        (Cluster, _clock, _answer) = (null!, null, null);
        Retries.Begin(null, null);
    }

    /// <summary>Runs the attempt to its end.</summary>
    /// <param name="client">How HTTP is spoken.</param>
    /// <param name="limit">The attempt's own time from the end of the request until the answer begins; null for the request's.</param>
    /// <param name="deadline">The request's time.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AttemptResult> RunAsync(IUpstreamClient client, TimeSpan? limit, CancellationToken deadline)
    {
        (_clock, _hasBegun, _decision, _answer) = (null, false, default, null);
        var isRetry = exchange.Attempts > 0;
        exchange.Attempts++;
        if (!Cluster.Limits.TryEnter(isRetry))
        {
            return AttemptResult.Failed(UpstreamFailure.Overflow);
        }

        try
        {
            if (Cluster.Pick(exchange, Retries.Tried) is not { } host)
            {
                return AttemptResult.Failed(UpstreamFailure.NoHealthyUpstream);
            }

            return await SendAsync(client, host, limit, deadline);
        }
        finally
        {
            Cluster.Limits.Exit(isRetry);
        }
    }

    /// <summary>
    /// Asked once, when the answer has begun: its own time stops, and the circuit breaker is told. True where the answer goes to the
    /// caller, false where it is dropped for another attempt.
    /// </summary>
    public bool Accepts(in UpstreamAnswer answer)
    {
        _answer = answer;
        _clock?.Stop();
        exchange.UpstreamTime = time.GetElapsedTime(exchange.StartedAt);
        if (Cluster.Outliers?.Answered(Host, answer.GrpcStatus is > 0 and var code ? GrpcStatus.ToHttp(code) : answer.Status) == true)
        {
            log.Eject(exchange, Host);
        }

        _decision = Retries.Decide(answer, Host, Cluster.Limits.AllowsRetry);
        if (_decision == RetryDecision.Retry)
        {
            return false;
        }

        exchange.GrpcStatus = answer.GrpcStatus ?? exchange.GrpcStatus;
        exchange.Flags |= UpstreamFailure.FlagsOf(_decision);
        exchange.Details = Exchange.ViaUpstream;
        return true;
    }

    /// <summary>
    /// Told once there is a connection for it. From here on, or from the end of the request, its own time counts
    /// (<c>upstream_request.cc: onPoolReady, setupPerTryTimeout</c>).
    /// </summary>
    public void Begin()
    {
        _hasBegun = true;
        if (_clock is not null)
        {
            exchange.Bodies.WhenRequestEnds(_clock.Start);
        }
    }

    /// <summary>
    /// Told of an interim answer that the caller is to have: there is no other attempt after it (<c>router.cc: onUpstream1xxHeaders</c>).
    /// </summary>
    public void BeginInterim()
    {
        _clock?.Stop();
        Retries.GiveUp();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<AttemptResult> SendAsync(IUpstreamClient client, UpstreamHost host, TimeSpan? limit, CancellationToken deadline)
    {
        if (exchange.Attempts == 1 && host.Endpoint.Pod is null)
        {
            LoopGuard.Mark(exchange.Context.Request.Headers);
        }

        UsesHttp2 = Cluster.Spec.UsesHttp2(exchange.Context.Request.Protocol);
        using var clock = _clock = limit is null ? null : new ResponseTimeout(limit.Value, time, deadline);
        var before = exchange.Host;
        exchange.Host = host;
        host.Begin();
        try
        {
            var (started, bytes) = (time.GetTimestamp(), exchange.Bodies.ResponseBytes);
            var failure = await client.SendAsync(this, clock?.Token ?? deadline);
            failure = failure is null ? null : WithCause(failure, deadline);
            CountAtPod(failure, time.GetElapsedTime(started), exchange.Bodies.ResponseBytes - bytes);
            if (failure is { Kind: not UpstreamFailureKind.Connect } && !_hasBegun)
            {
                // It was over before there was a connection, and counts for no endpoint.
                exchange.Host = before;
            }

            return failure is not null ? Fail(failure)
                : _decision == RetryDecision.Retry ? AttemptResult.RetryWanted
                : AttemptResult.Answered;
        }
        finally
        {
            host.End();
        }
    }

    /// <summary>A client sees only that it was ended; who ended it decides.</summary>
    private UpstreamFailure WithCause(UpstreamFailure failure, CancellationToken deadline) =>
        exchange.Context.RequestAborted.IsCancellationRequested ? UpstreamFailure.CallerGone
        : deadline.IsCancellationRequested ? UpstreamFailure.RouteTimeout
        : _clock is { RanOut: true } ? UpstreamFailure.AttemptTimeout
        : failure;

    /// <summary>Counts the attempt as the pod's own sidecar would, where it came that far.</summary>
    private void CountAtPod(UpstreamFailure? failure, TimeSpan duration, long responseBytes)
    {
        if (Host.SeriesOfPod is { } series && _hasBegun && (failure is null || failure.ReachesPod))
        {
            var labels = new ResponseLabels(
                _answer?.Status ?? failure?.StatusAtPod ?? 0, failure?.FlagsAtPod ?? ResponseFlags.None, exchange.IsGrpc,
                    _answer?.GrpcStatus ?? exchange.GrpcStatus ?? -1);
            series.Count(labels, duration, exchange.Bodies.RequestBytes, responseBytes);
        }
    }

    private AttemptResult Fail(UpstreamFailure failure)
    {
        if (failure.IsUpstreams && exchange.Host is { } host && Cluster.Outliers?.Failed(host) == true)
        {
            log.Eject(exchange, host);
        }

        if (!exchange.Context.Response.HasStarted)
        {
            return AttemptResult.Failed(failure);
        }

        // Half an answer must not look whole. The cut comes once the cause is known: it looks as if the caller had gone.
        exchange.Context.Abort();
        exchange.Flags |= failure.Flags;
        exchange.Details = failure.DetailsAfterStart;
        return AttemptResult.Answered;
    }
}

/// <summary>
/// How an attempt ended: answered, in whole or in part; failed before an answer; or answered by what is worth another attempt.
/// </summary>
/// <param name="Outcome">Which of them.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal readonly record struct AttemptResult(AttemptOutcome Outcome, UpstreamFailure? Failure = null)
{
    public static AttemptResult Answered { get; } = new(AttemptOutcome.Answered);

    public static AttemptResult RetryWanted { get; } = new(AttemptOutcome.RetryWanted);

    public static AttemptResult Failed(UpstreamFailure failure) => new(AttemptOutcome.Failed, failure);
}

/// <summary>How an attempt ended.</summary>
internal enum AttemptOutcome
{
    /// <summary>The caller has the answer, or as much of it as there was.</summary>
    Answered,

    /// <summary>There was no answer.</summary>
    Failed,

    /// <summary>The answer was dropped because it is worth another attempt.</summary>
    RetryWanted,
}
