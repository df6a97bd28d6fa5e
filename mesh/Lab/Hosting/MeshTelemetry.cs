using Bookinfo.Mesh.Lab.Pods;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>
/// Sends what the mesh can tell by OTLP: a span for each hop; the access log, retries, ejections and changes of rules as log records
/// within the trace; Istio's metrics, and those of the runtime and the listeners.
/// </summary>
internal sealed class MeshTelemetry : IDisposable
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The mesh's source of spans, its meter and the categories of its logs begin alike.
    private const string Proxy = "Bookinfo.Mesh.Proxy";
    private const string Ours = "Bookinfo";
    private static readonly string[] Meters = [Proxy, "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly OpenTelemetrySdk _sdk;

    private MeshTelemetry(OpenTelemetrySdk sdk, TextWriter log)
    {
        _sdk = sdk;
        Logging = sdk.GetLoggerFactory();
        Logging.AddProvider(new PodLog("mesh", log));
    }

    /// <summary>Where the mesh logs: to the collector, and its errors to the screen too.</summary>
    public ILoggerFactory Logging { get; }

    /// <summary>Starts it, with OpenTelemetry's own settings.</summary>
    /// <param name="configuration">Where they are.</param>
    /// <param name="log">Where errors are told on the screen.</param>
    /// <returns>What sends the rest when it is disposed; null where no endpoint is set.</returns>
    public static MeshTelemetry? Start(IConfiguration configuration, TextWriter log) => string.IsNullOrEmpty(configuration[EndpointKey])
        ? null
        : new MeshTelemetry(
            OpenTelemetrySdk.Create(sdk =>
            {
                sdk.Services.AddSingleton(configuration);
                sdk.Services.PostConfigure<LoggerFilterOptions>(Filter);
                sdk.WithTracing(tracing => tracing.AddSource(Proxy).AddOtlpExporter());
                sdk.WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
                sdk.WithLogging(
                    logging => logging.AddOtlpExporter(),
                    options => (options.IncludeFormattedMessage, options.IncludeScopes) = (true, true));
            }),
            log);

    /// <inheritdoc/>
    public void Dispose() => _sdk.Dispose();

    // YARP and Kestrel tell of every request at Information; the mesh's own record of it says more.
    private static void Filter(LoggerFilterOptions options)
    {
        options.MinLevel = LogLevel.Warning;
        options.Rules.Add(new LoggerFilterRule(providerName: null, Ours, LogLevel.Information, filter: null));
    }
}
