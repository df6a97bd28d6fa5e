using Bookinfo.Cluster.LoadBalancers;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Exposure;

/// <summary>
/// A Gateway and an HTTPRoute of the Gateway API, for whichever controller the class names. Where the page itself has several releases the
/// route weighs them.
/// </summary>
internal sealed class GatewayApiExposure : ComponentResource, IExposure
{
    // Ours, and without a prefix, so that Pulumi's property paths can name it.
    private const string ClassAnnotation = "load-balancer-class";

    public GatewayApiExposure(DeploymentContext context, BookService entry, IEnumerable<Resource> backends)
        : base("bookinfo:cluster:GatewayApiExposure", $"{entry.Name}-gateway-api")
    {
        var exposure = context.Settings.Exposure;
        // The address in its status is there once the controller has programmed it: wait for that.
        var annotations = new InputMap<string> { ["pulumi.com/waitFor"] = "condition=Programmed" };
        if (exposure.ClusterIssuer is { } issuer)
        {
            annotations.Add("cert-manager.io/cluster-issuer", issuer);
        }

        List<Resource> after = [.. context.MeshReady];
        // Istio's controller could not change the class of a Service that is there: with another class, another Gateway.
        if (exposure.GatewayClass == "istio" && CloudAnnotations.Class(exposure.LoadBalancer) is { } balancerClass)
        {
            annotations.Add(ClassAnnotation, balancerClass);
        }

        var spec = new InputMap<object> { ["gatewayClassName"] = exposure.GatewayClass, ["listeners"] = Listeners(exposure) };
        if (Infrastructure(context, exposure, after) is { Count: > 0 } infrastructure)
        {
            spec.Add("infrastructure", infrastructure);
        }

        var gateway = new Manifest("bookinfo-gateway-api", new ManifestArgs(WellKnown.GatewayApi.ApiVersion, "Gateway")
        {
            Metadata = context.Meta(WellKnown.GatewayApi.GatewayName, WellKnown.GatewayApi.GatewayName, annotations),
            Spec = spec,
        }, ChildOptions.Of(this, after).ReplacedWith($"metadata.annotations.{ClassAnnotation}"));
        _ = new Manifest($"{entry.Name}-route", new ManifestArgs(WellKnown.GatewayApi.ApiVersion, "HTTPRoute")
        {
            Metadata = context.Meta(entry.Name, entry.Name),
            Spec = Route(context.Settings, entry),
        }, ChildOptions.Of(this, [gateway, .. backends]));

        if (exposure.TlsSecret is not null)
        {
            // Plain requests are sent over to TLS. The path of an HTTP-01 challenge is longer than this route's and so comes before it.
            _ = new Manifest($"{entry.Name}-redirect", new ManifestArgs(WellKnown.GatewayApi.ApiVersion, "HTTPRoute")
            {
                Metadata = context.Meta($"{entry.Name}-redirect", entry.Name),
                Spec = Redirect(exposure),
            }, ChildOptions.Of(this, gateway));
        }

        var address = exposure.Host is { } host ? Output.Create(host) : gateway.Status.Apply(Entry.Address);
        Url = address.Apply(where => Entry.Url(exposure.TlsSecret is not null, where, entry));
        RegisterOutputs(new Dictionary<string, object?> { ["url"] = Url });
    }

    public ExposureKind Kind => ExposureKind.GatewayApi;

    public Output<string> Url { get; }

    // What the controller makes for the Gateway (GEP-1867): annotations for its Service, and for Istio's controller fields of it, in a
    // ConfigMap (istio.io, "Kubernetes Gateway API", customizing automated deployments).
    private Dictionary<string, object> Infrastructure(DeploymentContext context, ExposureSettings exposure, List<Resource> after)
    {
        const string Name = $"{WellKnown.GatewayApi.GatewayName}-gateway";
        var infrastructure = Map();
        if (CloudAnnotations.OfGateway(exposure.LoadBalancer,
            hasStatusPort: exposure.GatewayClass == "istio") is { Count: > 0 } annotations)
        {
            infrastructure["annotations"] = annotations.ToDictionary(pair => pair.Key, object (pair) => pair.Value);
        }

        List<string> fields = [];
        if (exposure.LoadBalancer.SourceRanges is { Count: > 0 } ranges)
        {
            fields.Add($"  loadBalancerSourceRanges: [{string.Join(", ", ranges.Select(range => $"\"{range}\""))}]");
        }

        if (CloudAnnotations.Class(exposure.LoadBalancer) is { } balancerClass)
        {
            fields.Add($"  loadBalancerClass: {balancerClass}");
        }

        if (fields.Count > 0 && exposure.GatewayClass == "istio")
        {
            after.Add(new ConfigMap(Name, new ConfigMapArgs
            {
                Metadata = context.Meta(Name, WellKnown.GatewayApi.GatewayName),
                Data = { ["service"] = $"spec:\n{string.Join('\n', fields)}\n" },
            }, ChildOptions.Of(this)));
            infrastructure["parametersRef"] = Map(("group", ""), ("kind", "ConfigMap"), ("name", Name));
        }

        return infrastructure;
    }

    private static object[] Listeners(ExposureSettings exposure) =>
        exposure.TlsSecret is { } secret ? [Listener(exposure, null), Listener(exposure, secret)] : [Listener(exposure, null)];

    private static InputMap<object> Redirect(ExposureSettings exposure)
    {
        var spec = new InputMap<object>
        {
            ["parentRefs"] = List(Map(("name", WellKnown.GatewayApi.GatewayName), ("sectionName", "http"))),
            ["rules"] = List(Map(("filters",
                List(Map(("type", "RequestRedirect"), ("requestRedirect", Map(("scheme", "https"), ("statusCode", 301)))))))),
        };
        if (exposure.Host is { } host)
        {
            spec.Add("hostnames", List(host));
        }

        return spec;
    }

    private static Dictionary<string, object> Listener(ExposureSettings exposure, string? tls)
    {
        var listener = Map(
            ("name", tls is null ? "http" : "https"),
            ("port", tls is null ? 80 : 443),
            ("protocol", tls is null ? "HTTP" : "HTTPS"),
            ("allowedRoutes", Map(("namespaces", Map(("from", "Same"))))));
        if (exposure.Host is { } host)
        {
            listener["hostname"] = host;
        }

        if (tls is not null)
        {
            listener["tls"] = Map(("mode", "Terminate"), ("certificateRefs", List(Map(("name", tls)))));
        }

        return listener;
    }

    private static InputMap<object> Route(ClusterSettings settings, BookService entry)
    {
        var spec = new InputMap<object>
        {
            ["parentRefs"] = List(Map(("name", WellKnown.GatewayApi.GatewayName),
                ("sectionName", settings.Exposure.TlsSecret is null ? "http" : "https"))),
            ["rules"] = List(Map(
                ("matches", entry.PublicPaths.Select(object (path) => Match(path)).ToArray()),
                ("backendRefs", Backends(settings, entry)))),
        };
        if (settings.Exposure.Host is { } host)
        {
            spec.Add("hostnames", List(host));
        }

        return spec;
    }

    private static Dictionary<string, object> Match(PublicPath path) =>
        Map(("path", Map(("type", path.Prefix ? "PathPrefix" : "Exact"), ("value", path.Path))));

    // Only Istio's own rules weigh the page's releases behind the Service.
    private static object[] Backends(ClusterSettings settings, BookService entry) => settings.Mesh.IsIstio
        ? [Map(("name", entry.Name), ("port", entry.Port))]
        : WeightedBackends.Of(entry, settings.Canary.Of(entry));
}
