using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Pulumi;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Mesh;

/// <summary>What the sidecars report: a line for each request, and spans where there is somebody to send them to.</summary>
internal sealed class IstioTelemetry : ComponentResource
{
    public IstioTelemetry(DeploymentContext context)
        : base("bookinfo:cluster:MeshTelemetry", "mesh-telemetry")
    {
        var spec = new InputMap<object>
        {
            ["accessLogging"] = List(Map(("providers", Provider("envoy")))),
        };
        if (TracingProvider(context.Settings) is { } provider)
        {
            spec.Add("tracing", List(
                Map(("providers", Provider(provider)), ("randomSamplingPercentage", context.Settings.Telemetry.SamplingPercent))));
        }

        _ = new Manifest("mesh-telemetry", new ManifestArgs("telemetry.istio.io/v1", "Telemetry")
        {
            Metadata = context.Meta("default", "bookinfo"),
            Spec = spec,
        }, ChildOptions.Of(this, context.MeshReady));
        RegisterOutputs();
    }

    // An Istio that somebody else installed knows only the providers that they told it of.
    private static string? TracingProvider(ClusterSettings settings) =>
        settings.Mesh.Install && settings.Telemetry.Kind != TelemetryKind.None ? IstioValues.TracingProvider
            : settings.Telemetry.MeshProvider;

    private static object[] Provider(string name) => List(Map(("name", name)));
}
