using Bookinfo.Cluster.Settings;
using Pulumi;
using static Bookinfo.Cluster.Fields;

namespace Bookinfo.Cluster.Mesh;

/// <summary>What the sidecars report: a line for each request, and spans where there is somebody to send them to.</summary>
internal sealed class IstioTelemetry : ComponentResource
{
    public IstioTelemetry(Place place)
        : base("bookinfo:cluster:MeshTelemetry", "mesh-telemetry")
    {
        var spec = new InputMap<object>
        {
            ["accessLogging"] = List(Map(("providers", Provider("envoy")))),
        };
        if (TracingProvider(place.Settings) is { } provider)
        {
            spec.Add("tracing", List(Map(("providers", Provider(provider)), ("randomSamplingPercentage", place.Settings.Telemetry.SamplingPercent))));
        }

        _ = new Manifest("mesh-telemetry", new ManifestArgs("telemetry.istio.io/v1", "Telemetry")
        {
            Metadata = place.Meta("default", "bookinfo"),
            Spec = spec,
        }, Child.Of(this, place.MeshReady));
        RegisterOutputs();
    }

    // An Istio that somebody else installed knows only the providers that they told it of.
    private static string? TracingProvider(ClusterSettings settings) =>
        settings.Mesh.Install && settings.Telemetry.Kind != TelemetryKind.None ? IstioValues.TracingProvider : settings.Telemetry.MeshProvider;

    private static object[] Provider(string name) => List(Map(("name", name)));
}
