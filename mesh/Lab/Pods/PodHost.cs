using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>
/// A pod in this process: the service's own program on a Kestrel of its own, with the settings that a Deployment would give it and nothing
/// of the Lab's environment.
/// </summary>
internal sealed class PodHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PodHost(WebApplication app) => _app = app;

    /// <summary>Starts a pod.</summary>
    /// <param name="pod">Which one, and where.</param>
    /// <param name="settings">What it is told.</param>
    /// <param name="counter">Counts what reaches it.</param>
    /// <param name="log">Where its errors are written.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<PodHost> StartAsync(
        LabPod pod, IReadOnlyDictionary<string, string?> settings, PodRequestCounter counter, TextWriter log,
        CancellationToken cancellation)
    {
        // Of all the builders only the empty one reads no environment and no files, which ten pods in one process must not share.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddSingleton<IStartupFilter>(counter);
        builder.Services.AddSingleton<ILoggerFactory>(new PodLog(pod.Pod.Name, log, counter.Lines));
        var app = ServicePrograms.Find(pod.Planned.Service)(builder);
        try
        {
            await app.StartAsync(cancellation);
            return new PodHost(app);
        }
        catch
        {
            // What the service began beside its listener must end before its data goes.
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it: requests in flight finish first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Ends it at once: requests in flight break off, as with <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    /// <summary>Leaves signals to the Lab, which stops its pods in order; the default one would stop each on its own.</summary>
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
