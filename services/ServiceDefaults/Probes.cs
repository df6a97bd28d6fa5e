using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// The kubelet's three questions: <c>/health/startup</c> (has it started?), <c>/health/live</c> (should it be restarted?) and
/// <c>/health/ready</c> (should
/// it get requests?). 200 <c>{"status":"ready"}</c>, or 503 <c>{"status":"not ready","problems":["..."]}</c>. A service is ready when every
/// check that is registered with <c>AddHealthChecks()</c> is healthy; a check's description is the problem.
/// </summary>
public static class Probes
{
    /// <summary>What the paths of the probes, and of the service's own health, begin with.</summary>
    public const string Prefix = "/health";

    /// <summary>The name of the check that fails until the service has started.</summary>
    public const string Started = "started";

    internal static void AddProbes(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<StartedCheck>(Started)
        .AddCheck<DrainingCheck>("draining");

    internal static void MapProbes(this WebApplication app)
    {
        app.MapHealthChecks($"{Prefix}/live", Options("live", _ => false));
        app.MapHealthChecks($"{Prefix}/startup", Options(Started, check => check.Name == Started));
        app.MapHealthChecks($"{Prefix}/ready", Options("ready", _ => true));
    }

    private static HealthCheckOptions Options(string status, Func<HealthCheckRegistration, bool> predicate) => new()
    {
        Predicate = predicate,
        ResponseWriter = (context, report) =>
        {
            string[] problems = [.. report.Entries.Values.Where(check => check.Status != HealthStatus.Healthy)
                .Select(check => check.Description ?? "failed")];
            var answer = problems.Length == 0 ? new ProbeAnswer(status, null) : new ProbeAnswer($"not {status}", problems);
            return context.Response.WriteAsJsonAsync(answer, ProbeJson.Default.ProbeAnswer);
        },
    };

    private sealed class StartedCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("starting"));
    }

    private sealed class DrainingCheck(Draining draining) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(draining.HasBegun ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
    }
}

internal sealed record ProbeAnswer(string Status, IReadOnlyList<string>? Problems);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProbeAnswer))]
internal sealed partial class ProbeJson : JsonSerializerContext;
