using Bookinfo.Cluster.Settings;

namespace Bookinfo.Cluster.Resources;

/// <summary>Where the pods send their telemetry.</summary>
internal static class TelemetryEndpoint
{
    /// <summary>The OTLP endpoint (over gRPC), or null for none.</summary>
    public static Uri? Of(ClusterSettings settings) => settings.Telemetry.Kind switch
    {
        TelemetryKind.Collector => new Uri($"http://{WellKnown.Collector.AppName}:{WellKnown.Collector.GrpcPort}"),
        TelemetryKind.External => settings.Telemetry.Endpoint,
        _ => null,
    };
}
