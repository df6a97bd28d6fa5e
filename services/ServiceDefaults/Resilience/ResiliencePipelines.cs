using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Bookinfo.ServiceDefaults.Resilience;

/// <summary>Bulkhead, then retry, then circuit breaker, then the time-out of one try: the order in which a call goes through them.</summary>
internal static class ResiliencePipelines
{
    public static ResiliencePipeline<HttpResponseMessage> Create(string upstream, ResilienceSettings settings, TimeProvider time, Random random)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { Name = upstream, TimeProvider = time };
        return builder
            .AddStrategy(_ => new BulkheadStrategy<HttpResponseMessage>(settings.Concurrency, settings.Queue), new BulkheadOptions())
            .AddRetry(Retry(settings, random))
            .AddCircuitBreaker(CircuitBreaker(settings))
            .AddTimeout(settings.TryTimeout)
            .Build();
    }

    private static RetryStrategyOptions<HttpResponseMessage> Retry(ResilienceSettings settings, Random random) => new()
    {
        MaxRetryAttempts = settings.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = settings.BackOff,
        MaxDelay = settings.LongestBackOff,
        Randomizer = random.NextDouble,

        // An open circuit would only be asked again; a full bulkhead is outside of this and never comes here.
        ShouldHandle = static attempt => ValueTask.FromResult(IsFailure(attempt.Outcome)),
        OnRetry = static attempt =>
        {
            attempt.Outcome.Result?.Dispose();
            return ValueTask.CompletedTask;
        },
    };

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> CircuitBreaker(ResilienceSettings settings) => new()
    {
        FailureRatio = settings.FailureRatio,
        MinimumThroughput = settings.MinimumCalls,
        SamplingDuration = settings.Sampling,
        BreakDuration = settings.Break,
        ShouldHandle = static attempt => ValueTask.FromResult(IsFailure(attempt.Outcome)),
    };

    // Envoy's gateway-error and connect-failure: what another pod, or a moment later, may well answer.
    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or TimeoutRejectedException
        || outcome.Result?.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private sealed class BulkheadOptions : ResilienceStrategyOptions
    {
        public BulkheadOptions() => Name = "Bulkhead";
    }
}
