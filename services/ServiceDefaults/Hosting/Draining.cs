using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bookinfo.ServiceDefaults.Hosting;

/// <summary>
/// The end of a pod's life. On SIGTERM readiness turns off while the listener stays open for <c>DRAIN_SECONDS</c>, because endpoints take a while to
/// disappear from every proxy; then the listener closes and requests in flight have <c>SHUTDOWN_SECONDS</c> to finish.
/// </summary>
internal sealed class Draining(TimeSpan drain, TimeProvider time) : IHostedLifecycleService
{
    private volatile bool _begun;

    /// <summary>Whether the pod is on its way out.</summary>
    public bool HasBegun => _begun;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Runs before any hosted service is stopped, the web server included.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_begun)
        {
            return;
        }

        _begun = true;

        // Whoever stops the host may be in a hurry; a drain cut short is no failure.
        await Task.Delay(drain, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class GracefulDrain
{
    public static void AddGracefulDrain(this IServiceCollection services, IConfiguration configuration)
    {
        var drain = configuration.Seconds("DRAIN_SECONDS", 0);
        var shutdown = configuration.Seconds("SHUTDOWN_SECONDS", 25);
        services.AddSingleton(provider => new Draining(drain, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(options => options.ShutdownTimeout = drain + shutdown);
    }
}
