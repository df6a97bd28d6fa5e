using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace Bookinfo.ServiceDefaults.Telemetry;

/// <summary>Keeps the tracer and the meter for as long as the service runs; the last of both is exported when it stops.</summary>
internal sealed class TelemetryService(Func<OpenTelemetrySdk> start) : IHostedService, IDisposable
{
    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sdk = start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Disposed with the host, after the web server has answered its last request.
    public void Dispose() => _sdk?.Dispose();
}
