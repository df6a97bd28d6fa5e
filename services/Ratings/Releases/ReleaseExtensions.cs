using Bookinfo.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bookinfo.Ratings.Releases;

internal static class ReleaseExtensions
{
    private const string Key = "SERVICE_VERSION";

    /// <summary>Adds the behaviour of the release that <c>SERVICE_VERSION</c> names.</summary>
    /// <exception cref="SettingException">The version begins as fault releases do, and is none.</exception>
    public static void AddRelease(this WebApplicationBuilder builder)
    {
        var version = builder.Configuration.Text(Key, "v1");
        Func<Random, TimeProvider, IRelease> create = version switch
        {
            "v-faulty" => (random, _) => new FaultyRelease(random),
            "v-delayed" => (random, time) => new DelayedRelease(random, time),
            "v-unavailable" => (_, time) => new TogglingRelease(TimeSpan.FromSeconds(60), tellsProbes: false, time),
            "v-unhealthy" => (_, time) => new TogglingRelease(TimeSpan.FromMinutes(15), tellsProbes: true, time),
            _ when version.StartsWith("v-", StringComparison.Ordinal) =>
                throw new SettingException(Key, version,
                    "a version such as v1 or v2, or one of v-faulty, v-delayed, v-unavailable, v-unhealthy"),
            _ => (_, _) => new SoundRelease(),
        };
        builder.Services.AddSingleton(services =>
            create(services.GetRequiredService<Random>(), services.GetRequiredService<TimeProvider>()));

        // Periods are counted from the start of the pod, not from its first request.
        builder.Services.ActivateSingleton<IRelease>();
        builder.Services.AddHealthChecks().AddCheck<ReleaseCheck>("release");
    }

    private sealed class ReleaseCheck(IRelease release) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(release.IsHealthy ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("the release is unhealthy on purpose"));
    }
}
