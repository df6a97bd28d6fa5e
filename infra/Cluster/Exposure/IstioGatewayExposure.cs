using Bookinfo.Cluster.Mesh;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using static Bookinfo.Cluster.Resources.Fields;
using Resource = Pulumi.Resource;

namespace Bookinfo.Cluster.Exposure;

/// <summary>
/// Istio's own Gateway and the VirtualService bound to it, from the same rule file as everywhere; a host name and a certificate of the
/// stack's configuration are set in.
/// </summary>
internal sealed class IstioGatewayExposure : ComponentResource, IExposure
{
    private const int TlsPort = 8443;

    public IstioGatewayExposure(DeploymentContext context, BookService entry, RuleSet rules, IstioInstallation? installation)
        : base("bookinfo:cluster:IstioGatewayExposure", $"{entry.Name}-istio-gateway")
    {
        var exposure = context.Settings.Exposure;
        List<Resource> gateways = [];
        foreach (var gateway in rules.Gateways)
        {
            gateways.Add(RuleManifest.Create(context, gateway, WithTls(RuleWriter.Spec(WithHost(gateway, exposure)), exposure),
                ChildOptions.Of(this, context.MeshReady)));
        }

        foreach (var route in rules.VirtualServices.Where(TrafficPlan.IsAtTheGateway))
        {
            var hosts = exposure.Host is { } host ? route with { Hosts = [host] } : route;
            RuleManifest.Create(context, route, RuleWriter.Spec(hosts), ChildOptions.Of(this, gateways));
        }

        if (exposure is { ClusterIssuer: { } issuer, Host: { } name, TlsSecret: { } secret })
        {
            AddCertificate(context.Settings.Mesh, issuer, name, secret, installation);
        }

        Url = Address(context.Settings, installation).Apply(address =>
            Entry.Url(exposure.TlsSecret is not null, exposure.Host ?? address.Host, entry, address.Port));
        RegisterOutputs(new Dictionary<string, object?> { ["url"] = Url });
    }

    public ExposureKind Kind => ExposureKind.IstioGateway;

    public Output<string> Url { get; }

    private static Gateway WithHost(Gateway gateway, ExposureSettings exposure) => exposure.Host is not { } host ? gateway : gateway with
    {
        Servers = [.. gateway.Servers.Select(server => server with { Hosts = [host] })],
    };

    // A second server beside each plain one, which then only sends readers over to it.
    private static Dictionary<string, object> WithTls(Dictionary<string, object> spec, ExposureSettings exposure)
    {
        if (exposure.TlsSecret is not { } secret)
        {
            return spec;
        }

        var servers = (object[])spec["servers"];
        var plain = servers.Cast<Dictionary<string, object>>().ToList();
        plain.ForEach(server => server["tls"] = Map(("httpsRedirect", true)));
        var secured = Map(
            ("port", Map(("number", TlsPort), ("name", "https"), ("protocol", "HTTPS"))),
            ("hosts", plain[0]["hosts"]),
            ("tls", Map(("mode", "SIMPLE"), ("credentialName", secret))));
        spec["servers"] = (object[])[.. servers, secured];
        return spec;
    }

    // cert-manager looks at Ingresses and at the Gateway API, not at Istio's Gateway; so the certificate is asked for here, where the
    // gateway looks for it.
    private void AddCertificate(MeshSettings mesh, string issuer, string host, string secret, IstioInstallation? installation) =>
        _ = new Manifest("istio-gateway-certificate", new ManifestArgs(WellKnown.CertManager.ApiVersion, "Certificate")
        {
            Metadata = new ObjectMetaArgs { Name = secret, Namespace = mesh.GatewayNamespace },
            Spec =
            {
                ["secretName"] = secret,
                ["dnsNames"] = List(host),
                ["issuerRef"] = Map(("group", "cert-manager.io"), ("kind", "ClusterIssuer"), ("name", issuer)),
            },
        }, ChildOptions.Of(this, installation?.Gateway is { } gateway ? [gateway] : []));

    private Output<(string Host, int? Port)> Address(ClusterSettings settings, IstioInstallation? installation)
    {
        if (settings.Mesh is { Install: true, GatewayServiceType: "NodePort" })
        {
            var port = settings.Exposure.TlsSecret is null ? settings.Mesh.GatewayNodePort : settings.Mesh.GatewayTlsNodePort;
            return Output.Create<(string, int?)>((settings.Exposure.NodeHost, port));
        }

        if (settings.Exposure.Host is { } host)
        {
            return Output.Create<(string, int?)>((host, null));
        }

        // Where the gateway is still to be installed a preview must not look for its Service: what depends on the release's status runs
        // only once it is there.
        var address = installation?.Gateway is { } release
            ? release.Status.Apply(_ => BalancerAddress(settings.Mesh, [release]))
            : BalancerAddress(settings.Mesh, []);
        return address.Apply(where => (where, (int?)null));
    }

    private Output<string> BalancerAddress(MeshSettings mesh, IEnumerable<Resource> after) =>
        Entry.Address(Service.Get("istio-gateway-service", $"{mesh.GatewayNamespace}/{mesh.GatewayName}",
            ChildOptions.Of(this, after)).Status);
}
