using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// The kubelet's three questions: <c>/health/startup</c> (has it started?), <c>/health/live</c> (should it be restarted?) and
/// <c>/health/ready</c> (should it get requests?). 200 <c>Healthy</c>, or 503 <c>Unhealthy</c> and the reason in the log. A service listens
/// once it has started, and is ready when every check that is registered with <c>AddHealthChecks()</c> is healthy.
/// </summary>
internal static class Probes
{
    /// <summary>What the paths of the probes, and of the service's own health, begin with.</summary>
    public const string Prefix = "/health";

    public static void AddProbes(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DrainingCheck>("draining");

    public static void MapProbes(this WebApplication app)
    {
        app.MapHealthChecks($"{Prefix}/startup", new() { Predicate = _ => false });
        app.MapHealthChecks($"{Prefix}/live", new() { Predicate = _ => false });
        app.MapHealthChecks($"{Prefix}/ready");
    }

    private sealed class DrainingCheck(Draining draining) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(draining.HasBegun ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
    }
}
