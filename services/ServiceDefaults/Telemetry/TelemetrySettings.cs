using Microsoft.Extensions.Configuration;

namespace Bookinfo.ServiceDefaults.Telemetry;

/// <summary>Whether to export telemetry. Everything else is OpenTelemetry's own settings, which its SDK reads.</summary>
internal sealed record TelemetrySettings(bool IsOn)
{
    public static TelemetrySettings Read(IConfiguration configuration) =>
        new(configuration.TextOrNull("OTEL_EXPORTER_OTLP_ENDPOINT") is not null && !configuration.Flag("OTEL_SDK_DISABLED"));
}
