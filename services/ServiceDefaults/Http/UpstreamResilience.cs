using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Bookinfo.ServiceDefaults.Http;

/// <summary>
/// The pipeline of a call to another service. The timeout of the whole call is there in any case; what follows it only where the
/// application owns resilience: bulkhead, then retry, then circuit breaker, then the timeout of one try. The figures are near Istio's
/// defaults.
/// </summary>
internal static class UpstreamResilience
{
    /// <summary>Calls at once to one service, and as many that may wait for a place.</summary>
    public const int MaxConcurrency = 64;

    /// <summary>How long one try may take.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long the circuit breaker stays open.</summary>
    public static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the application retries, breaks circuits and limits concurrency, not the mesh. One owner: two would multiply each other's
    /// retries.
    /// </summary>
    public static bool IsOwner(IConfiguration configuration) => configuration.Text("RESILIENCE_OWNER", "mesh").ToLowerInvariant() switch
    {
        "mesh" => false,
        "application" => true,
        var other => throw new SettingException("RESILIENCE_OWNER", other, "mesh or application"),
    };

    public static void Configure(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, TimeSpan timeout, bool isOwner, IServiceProvider services)
    {
        pipeline.TimeProvider = services.GetRequiredService<TimeProvider>();
        pipeline.AddTimeout(timeout);
        if (!isOwner)
        {
            return;
        }

        pipeline
            .AddConcurrencyLimiter(MaxConcurrency, queueLimit: MaxConcurrency)
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(25),
                MaxDelay = TimeSpan.FromMilliseconds(250),
                Randomizer = services.GetRequiredService<Random>().NextDouble,
                ShouldHandle = attempt => ValueTask.FromResult(IsTransient(attempt.Outcome)),
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = BreakDuration,
                ShouldHandle = attempt => ValueTask.FromResult(IsTransient(attempt.Outcome)),
            })
            .AddTimeout(AttemptTimeout);
    }

    // Envoy's gateway-error and connect-failure: what another pod, or the same one a moment later, may answer.
    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or Polly.Timeout.TimeoutRejectedException
        || outcome.Result?.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
