using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>
/// Sends the mesh's spans, and the metrics of its runtime and its listeners, by OTLP: so the hops of a page are part of its trace. Istio's metrics stay where Prometheus gets them.
/// </summary>
internal static class MeshTelemetry
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Spans = "Bookinfo.Mesh.Proxy";
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Starts it, with OpenTelemetry's own settings.</summary>
    /// <param name="configuration">Where they are.</param>
    /// <returns>What sends the rest when it is disposed; null where no endpoint is set.</returns>
    public static IDisposable? Start(IConfiguration configuration) => string.IsNullOrEmpty(configuration[EndpointKey])
        ? null
        : OpenTelemetrySdk.Create(sdk =>
        {
            sdk.Services.AddSingleton(configuration);
            sdk.WithTracing(tracing => tracing.AddSource(Spans).AddOtlpExporter());
            sdk.WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
        });
}
