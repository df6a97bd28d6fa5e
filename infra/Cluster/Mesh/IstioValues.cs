using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Pulumi;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Mesh;

/// <summary>The values of Istio's charts: small enough for kind, and what the sample needs.</summary>
internal static class IstioValues
{
    /// <summary>The name of the tracing provider that the Telemetry resource points at.</summary>
    public const string TracingProvider = "bookinfo-otel";

    public static InputMap<object> Base(MeshSettings mesh) => new() { ["defaultRevision"] = "default", ["global"] = Global(mesh) };

    public static InputMap<object> Istiod(ClusterSettings settings) => new()
    {
        // The chart asks for 2 GiB, which a laptop has not to spare.
        ["resources"] = Requests("100m", "256Mi"),
        ["autoscaleEnabled"] = false,
        ["cni"] = Map(("enabled", settings.Mesh.Cni)),
        ["global"] = Global(settings.Mesh, ("hub", settings.Mesh.Hub), ("proxy", Map(("resources", Requests("20m", "64Mi"))))),
        ["meshConfig"] = MeshConfig(settings),
        // istiod runs the proxy of a Gateway API's Gateway beside it, in a namespace that enforces Pod Security "restricted".
        ["gateways"] = Map(("seccompProfile", Map(("type", "RuntimeDefault")))),
    };

    public static InputMap<object> Cni(MeshSettings mesh) => new()
    {
        ["resources"] = Requests("20m", "64Mi"),
        ["global"] = Global(mesh, ("hub", mesh.Hub)),
    };

    /// <summary>The Service's ports lead to 8080 and 8443, which the rules' Gateway names and no capability is needed for.</summary>
    public static InputMap<object> Gateway(MeshSettings mesh)
    {
        var http = Map(("name", "http2"), ("port", 80), ("targetPort", 8080), ("protocol", "TCP"));
        if (mesh.GatewayServiceType == "NodePort")
        {
            http["nodePort"] = mesh.GatewayNodePort;
        }

        return new InputMap<object>
        {
            ["service"] = Map(("type", mesh.GatewayServiceType), ("ports", new object[]
            {
                Map(("name", "status-port"), ("port", 15021), ("targetPort", 15021), ("protocol", "TCP")),
                http,
                Map(("name", "https"), ("port", 443), ("targetPort", 8443), ("protocol", "TCP")),
            })),
            ["labels"] = Map(("istio", "ingressgateway")),
            ["resources"] = Requests("50m", "64Mi"),
            ["autoscaling"] = Map(("enabled", false)),
        };
    }

    private static Dictionary<string, object> MeshConfig(ClusterSettings settings)
    {
        // A first request before the sidecar is up would fail for nothing.
        var config = Map(("defaultConfig", Map(("holdApplicationUntilProxyStarts", true))), ("trustDomain", settings.Mesh.TrustDomain));
        if (TelemetryEndpoint.Of(settings) is { } endpoint)
        {
            var host = settings.Telemetry.Kind == TelemetryKind.Collector
                ? $"{WellKnown.Collector.AppName}.{settings.Namespace}.svc.{settings.System.ClusterDomain}"
                : endpoint.Host;
            config["extensionProviders"] = List(Map(("name", TracingProvider), ("opentelemetry", Map(("service", host), ("port", endpoint.Port)))));
        }

        return config;
    }

    private static Dictionary<string, object> Global(MeshSettings mesh, params (string, object)[] fields)
    {
        var global = Map([.. fields, ("istioNamespace", mesh.Namespace)]);
        if (mesh.Platform is { } platform)
        {
            global["platform"] = platform;
        }

        return global;
    }

    private static Dictionary<string, object> Requests(string cpu, string memory) => Map(("requests", Map(("cpu", cpu), ("memory", memory))));
}
