using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// The end of a pod's life. On SIGTERM readiness turns off while the listener stays open for <c>DRAIN_SECONDS</c>, because endpoints take a
/// while to disappear from every proxy; then the listener closes, and requests in flight have <c>SHUTDOWN_SECONDS</c> to finish.
/// </summary>
internal sealed class Draining(TimeSpan drain, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>Whether the pod is shutting down.</summary>
    public bool HasBegun { get => Volatile.Read(ref field); private set => Volatile.Write(ref field, value); }

    // Runs before any hosted service is stopped, the web server included.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        HasBegun = true;

        // The one who stops the host may be in a hurry; a drain cut short is not a failure.
        await Task.Delay(drain, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class DrainingExtensions
{
    public static void AddDraining(this WebApplicationBuilder builder)
    {
        var (drain, shutdown) = (builder.Configuration.Seconds("DRAIN_SECONDS", 0), builder.Configuration.Seconds("SHUTDOWN_SECONDS", 25));
        builder.Services.AddSingleton(services => new Draining(drain, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<Draining>());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = drain + shutdown);
    }
}
