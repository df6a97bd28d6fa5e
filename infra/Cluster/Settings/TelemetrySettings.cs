namespace Bookinfo.Cluster.Settings;

/// <summary>Where traces, metrics and logs of the services go.</summary>
public enum TelemetryKind
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>To an OpenTelemetry collector of our own, and from there to an Aspire dashboard of our own.</summary>
    Collector,

    /// <summary>To an OTLP endpoint that is there already.</summary>
    External,
}

/// <summary>Where telemetry goes.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Where to.</summary>
    public required TelemetryKind Kind { get; init; }

    /// <summary>The existing endpoint (OTLP over gRPC), where it is external.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// The name of the tracing provider in an Istio that this program does not install, or null for no tracing by its sidecars.
    /// </summary>
    public string? MeshProvider { get; init; }

    /// <summary>The share of requests whose spans the sidecars report, in percent.</summary>
    public required int SamplingPercent { get; init; }

    internal static TelemetrySettings Read(SettingsReader reader)
    {
        var endpoint = reader.Text("telemetry:endpoint");
        var settings = new TelemetrySettings
        {
            Kind = reader.Choice("telemetry:kind", TelemetryKind.None, new Dictionary<string, TelemetryKind>
            {
                ["none"] = TelemetryKind.None,
                ["collector"] = TelemetryKind.Collector,
                ["external"] = TelemetryKind.External,
            }),
            Endpoint = endpoint is not null && Syntax.IsServerUrl(endpoint) && new Uri(endpoint) is { AbsolutePath: "/" } url ? url : null,
            MeshProvider = reader.ObjectName("telemetry:meshProvider", "a provider of Istio's meshConfig.extensionProviders"),
            SamplingPercent = reader.Whole("telemetry:samplingPercent", 100, 0, 100),
        };
        if (endpoint is not null && settings.Endpoint is null)
        {
            reader.Wrong(
                $"telemetry:endpoint is {SettingsReader.Quoted(endpoint)}: write the URL of an OTLP endpoint, such as "
                + "http://otel-collector.observability:4317");
        }
        else if ((settings.Kind == TelemetryKind.External) != (endpoint is not null))
        {
            reader.Wrong("telemetry:endpoint and telemetry:kind external belong together: the one says where the other sends to");
        }

        return settings;
    }
}
