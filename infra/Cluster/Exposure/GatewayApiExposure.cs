using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Topology;
using Pulumi;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Exposure;

/// <summary>
/// A Gateway and an HTTPRoute of the Gateway API, for whichever controller the class names. Where the page itself has several releases the route weighs them.
/// </summary>
internal sealed class GatewayApiExposure : ComponentResource, IExposure
{
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

        var gateway = new Manifest("bookinfo-gateway-api", new ManifestArgs(WellKnown.GatewayApi.ApiVersion, "Gateway")
        {
            Metadata = context.Meta(WellKnown.GatewayApi.GatewayName, WellKnown.GatewayApi.GatewayName, annotations),
            Spec = { ["gatewayClassName"] = exposure.GatewayClass, ["listeners"] = List(Listener(exposure)) },
        }, ChildOptions.Of(this, context.MeshReady));
        _ = new Manifest($"{entry.Name}-route", new ManifestArgs(WellKnown.GatewayApi.ApiVersion, "HTTPRoute")
        {
            Metadata = context.Meta(entry.Name, entry.Name),
            Spec = Route(context.Settings, entry),
        }, ChildOptions.Of(this, [gateway, .. backends]));

        var address = exposure.Host is { } host ? Output.Create(host) : gateway.Status.Apply(Entry.Address);
        Url = address.Apply(where => Entry.Url(exposure.TlsSecret is not null, where, entry));
        RegisterOutputs(new Dictionary<string, object?> { ["url"] = Url });
    }

    public ExposureKind Kind => ExposureKind.GatewayApi;

    public Output<string> Url { get; }

    private static Dictionary<string, object> Listener(ExposureSettings exposure)
    {
        var tls = exposure.TlsSecret;
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
            ["parentRefs"] = List(Map(("name", WellKnown.GatewayApi.GatewayName))),
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

    // Istio's own rules weigh the page's releases behind the Service; nobody else would.
    private static object[] Backends(ClusterSettings settings, BookService entry) => settings.Mesh.IsIstio
        ? [Map(("name", entry.Name), ("port", entry.Port))]
        : WeightedBackends.Of(entry, settings.Canary.Of(entry));
}
