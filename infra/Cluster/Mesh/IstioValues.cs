using System.Net;
using Bookinfo.Cluster.LoadBalancers;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Mesh.Istio.Names;
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
    public static InputMap<object> Gateway(ClusterSettings settings)
    {
        var mesh = settings.Mesh;
        var tls = Map(("name", "https"), ("port", 443), ("targetPort", 8443), ("protocol", "TCP"));
        var http = Map(("name", "http2"), ("port", 80), ("targetPort", 8080), ("protocol", "TCP"));
        if (mesh.GatewayServiceType == "NodePort")
        {
            http["nodePort"] = mesh.GatewayNodePort;
            tls["nodePort"] = mesh.GatewayTlsNodePort;
        }

        var service = Map(("type", mesh.GatewayServiceType), ("ports", new object[]
        {
            Map(("name", "status-port"), ("port", 15021), ("targetPort", 15021), ("protocol", "TCP")), http, tls,
        }));
        if (mesh.GatewayServiceType == "LoadBalancer")
        {
            AddBalancer(service, settings.Exposure.LoadBalancer);
        }

        return new InputMap<object>
        {
            ["service"] = service,
            ["labels"] = Map(("istio", "ingressgateway")),
            ["resources"] = Requests("50m", "64Mi"),
            ["autoscaling"] = Map(("enabled", false)),
            ["global"] = Global(mesh),
        };
    }

    private static void AddBalancer(Dictionary<string, object> service, LoadBalancerSettings balancer)
    {
        if (CloudAnnotations.OfGateway(balancer, hasStatusPort: true) is { Count: > 0 } annotations)
        {
            service["annotations"] = annotations.ToDictionary(pair => pair.Key, object (pair) => pair.Value);
        }

        if (balancer.SourceRanges.Count > 0)
        {
            service["loadBalancerSourceRanges"] = balancer.SourceRanges.Cast<object>().ToArray();
        }

        if (CloudAnnotations.Class(balancer) is { } balancerClass)
        {
            service["loadBalancerClass"] = balancerClass;
        }
    }

    private static Dictionary<string, object> MeshConfig(ClusterSettings settings)
    {
        // A first request before the sidecar is up would fail for nothing.
        var config = Map(("defaultConfig", Map(("holdApplicationUntilProxyStarts", true))), ("trustDomain", settings.Mesh.TrustDomain));
        if (TelemetryEndpoint.Of(settings) is { } endpoint)
        {
            var host = settings.Telemetry.Kind == TelemetryKind.Collector
                ? HostNames.OfService(WellKnown.Collector.AppName, settings.Namespace, settings.System.ClusterDomain)
                : FullName(endpoint.Host, settings.System.ClusterDomain);
            config["extensionProviders"] =
                List(Map(("name", TracingProvider), ("opentelemetry", Map(("service", host), ("port", endpoint.Port)))));
        }

        return config;
    }

    // istiod looks a provider's service up by the name under which it keeps it (istio pilot/pkg/networking/core/tracing.go: LookupCluster).
    private static string FullName(string host, string clusterDomain) => host.Split('.') switch
    {
        [var name, var space] when !IPAddress.TryParse(host, out _) => HostNames.OfService(name, space, clusterDomain),
        [var name, var space, "svc"] => HostNames.OfService(name, space, clusterDomain),
        _ => host,
    };

    private static Dictionary<string, object> Global(MeshSettings mesh, params (string, object)[] fields)
    {
        var global = Map([.. fields, ("istioNamespace", mesh.Namespace)]);
        if (mesh.Platform is { } platform)
        {
            global["platform"] = platform;
        }

        return global;
    }

    private static Dictionary<string, object> Requests(string cpu, string memory) =>
        Map(("requests", Map(("cpu", cpu), ("memory", memory))));
}
