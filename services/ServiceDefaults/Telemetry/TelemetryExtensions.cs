using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bookinfo.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs over OTLP, from the sources that the runtime itself has. Nothing at all is set up where no endpoint is set.</summary>
internal static class TelemetryExtensions
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http"];
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    public static void AddTelemetry(this WebApplicationBuilder builder, ServiceIdentity identity)
    {
        var configuration = builder.Configuration;
        if (!TelemetrySettings.Read(configuration).IsOn)
        {
            return;
        }

        builder.Services.Replace(ServiceDescriptor.Singleton<DistributedContextPropagator>(TracePropagator.Instance));
        builder.Services.AddHostedService(_ => new TelemetryService(() => Start(identity, configuration)));
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), identity, configuration));
            logs.AddOtlpExporter();
        });
    }

    private static OpenTelemetrySdk Start(ServiceIdentity identity, IConfiguration configuration) => OpenTelemetrySdk.Create(sdk =>
    {
        // The exporters read the pod's settings, which need not be the process's environment.
        sdk.Services.AddSingleton(configuration);
        sdk.ConfigureResource(resource => Describe(resource, identity, configuration));
        sdk.WithTracing(tracing => tracing.AddSource(Sources).AddOtlpExporter());
        sdk.WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
    });

    private static ResourceBuilder Describe(ResourceBuilder resource, ServiceIdentity identity, IConfiguration configuration) => resource
        .AddService(configuration.Text("OTEL_SERVICE_NAME", identity.Service), serviceVersion: identity.Version, serviceInstanceId: identity.Pod);
}
