using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// Traces (without those of probes and the fault switch), metrics and logs by OTLP. Nothing is set up unless
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; OpenTelemetry reads all its own settings.
/// </summary>
internal static class Telemetry
{
    /// <exception cref="SettingException"><c>OTEL_SDK_DISABLED</c> is neither true nor false.</exception>
    public static bool HasTelemetry(this IConfiguration configuration) =>
        configuration.TextOrNull("OTEL_EXPORTER_OTLP_ENDPOINT") is not null && !configuration.Flag("OTEL_SDK_DISABLED");

    public static void AddTelemetry(this WebApplicationBuilder builder, ServiceIdentity identity)
    {
        if (!builder.Configuration.HasTelemetry())
        {
            return;
        }

        // Read from either form (W3C first), written as both, so that Envoy's Zipkin tracer and the originals see the same trace. W3C
        // baggage is not touched here: it is passed on verbatim with the other headers.
        Sdk.SetDefaultTextMapPropagator(new CompositeTextMapPropagator([new TraceContextPropagator(), new B3()]));
        builder.Logging.AddOpenTelemetry(logs => (logs.IncludeFormattedMessage, logs.IncludeScopes) = (true, true));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, identity))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(server => server.Filter = context =>
                    !context.Request.Path.StartsWithSegments(Probes.Prefix) && !context.Request.Path.StartsWithSegments(FaultSwitch.Path))
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }

    // The settings come last, so that they win: an orchestrator finds a pod's telemetry by the service.instance.id that it gave in
    // OTEL_RESOURCE_ATTRIBUTES.
    private static void Describe(ResourceBuilder resource, ServiceIdentity identity) => resource
        .Clear()
        .AddService(identity.Service, serviceVersion: identity.Version, serviceInstanceId: identity.Pod)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
