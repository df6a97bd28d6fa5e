using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bookinfo.Catalog;

/// <summary>
/// The standard health service of gRPC (<c>grpc.health.v1.Health</c>), as a kubelet's gRPC probes and clients' own health checks ask it. The whole server (the empty name) and
/// <c>bookinfo.catalog.v1.Catalog</c> serve until the process is told to end; <see cref="Liveness"/> serves as long as it answers at all.
/// </summary>
internal static class CatalogHealth
{
    /// <summary>The name to ask for in a liveness probe: a pod that drains is alive, and must not be restarted for it.</summary>
    public const string Liveness = "liveness";

    private const string Live = "live";
    private const string Ready = "ready";

    public static void AddCatalogHealth(this IServiceCollection services)
    {
        services
            .AddGrpcHealthChecks(options =>
            {
                options.Services.Map("", check => check.Name == Ready);
                options.Services.Map(V1.Catalog.Descriptor.FullName, check => check.Name == Ready);
                options.Services.Map(Liveness, check => check.Name == Live);
            })
            .AddCheck<ReadinessCheck>(Ready)
            .AddCheck(Live, () => HealthCheckResult.Healthy());

        // Watchers of the health service get what was published last; the first publication is due before they come.
        services.Configure<HealthCheckPublisherOptions>(options => options.Delay = TimeSpan.Zero);
    }

    private sealed class ReadinessCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());
    }
}
