using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Exposure;

[Collection(nameof(OneAfterAnother))]
public sealed class ExposureTests
{
    [Theory]
    [InlineData("nodeport", "nodePortUrl", "http://localhost:30080/productpage")]
    [InlineData("loadbalancer", "loadBalancerUrl", "http://pending/productpage")]
    [InlineData("ingress", "ingressUrl", "http://bookinfo.example.com/productpage")]
    [InlineData("gateway-api", "gatewayApiUrl", "http://bookinfo.example.com/productpage")]
    [InlineData("istio", "istioGatewayUrl", "http://bookinfo.example.com/productpage")]
    public async Task Url_OfEachWayIn_IsAnOutput(string kind, string output, string url)
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", $"exposure:kinds={kind}", "exposure:host=bookinfo.example.com");
        Assert.Equal(url, await stack.OutputAsync(output));
        Assert.Equal([output], stack.Outputs.Keys.Where(name => name.EndsWith("Url", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ingress", "ingressUrl")]
    [InlineData("gateway-api", "gatewayApiUrl")]
    [InlineData("istio", "istioGatewayUrl")]
    public async Task Url_WithACertificate_IsHttps(string kind, string output) =>
        Assert.Equal("https://bookinfo.example.com/productpage", await (await Observation.OfAsync(
            "mesh:kind=istio", $"exposure:kinds={kind}", "exposure:host=bookinfo.example.com", "exposure:tlsSecret=tls"))
                .OutputAsync(output));

    [Fact]
    public async Task Url_OfIstiosGatewayByNodePort_IsTheNodes()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "mesh:install=true", "mesh:gatewayServiceType=NodePort",
            "exposure:kinds=istio", "exposure:nodeHost=10.0.0.7");
        Assert.Equal("http://10.0.0.7:30081/productpage", await stack.OutputAsync("istioGatewayUrl"));
    }

    [Fact]
    public async Task Url_OfIstiosGatewayByNodePortWithTls_IsThePortForTls()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "mesh:install=true", "mesh:gatewayServiceType=NodePort",
            "exposure:kinds=istio", "exposure:tlsSecret=tls");
        Assert.Equal("https://localhost:30082/productpage", await stack.OutputAsync("istioGatewayUrl"));
        var ports = Assert.Single(stack.Resources, one => one.Name == "istio-ingressgateway").Tree["values"]["service"]["ports"].Items;
        Assert.Equal(30082, Assert.Single(ports, port => port["port"].Number == 443)["nodePort"].Number);
    }

    [Fact]
    public async Task Url_OfAnAddressOfIPv6_HasBrackets() =>
        Assert.Equal("http://[2001:db8::7]:30080/productpage",
            await (await Observation.OfAsync("exposure:nodeHost=2001:db8::7")).OutputAsync("nodePortUrl"));

    // cert-manager proves by HTTP-01 on port 80, through a pod of its own.
    [Theory]
    [InlineData("ingress")]
    [InlineData("gateway-api")]
    public async Task CertManager_ItsSolver_IsReached(string kind)
    {
        var stack = await Observation.OfAsync($"exposure:kinds={kind}", "exposure:host=a.example.com", "exposure:tlsSecret=a-tls",
            "exposure:clusterIssuer=le");
        var solver = new Dictionary<string, string> { ["acme.cert-manager.io/http01-solver"] = "true" };
        Assert.True(new Network.NetworkPolicyWorld(stack).LetsIn("anywhere", solver, 8089));
        Assert.False(new Network.NetworkPolicyWorld(stack).LetsIn("anywhere", solver, 80));
        if (kind == "gateway-api")
        {
            var listeners = stack.Manifest("Gateway", "bookinfo").Tree["spec"]["listeners"].Items;
            Assert.Equal([80, 443], listeners.Select(listener => listener["port"].Number));
            Assert.Equal("https", stack.Manifest("HTTPRoute", "productpage").Tree["spec"]["parentRefs"][0]["sectionName"].Text);
            Assert.Equal("http", stack.Manifest("HTTPRoute", "productpage-redirect").Tree["spec"]["parentRefs"][0]["sectionName"].Text);
            var proxy = new Dictionary<string, string> { ["gateway.networking.k8s.io/gateway-name"] = "bookinfo" };
            Assert.True(new Network.NetworkPolicyWorld(stack).Lets(proxy, solver, 8089));
        }
    }

    [Fact]
    public async Task CertManager_WithIstiosGateway_IsAskedForACertificateWhereTheGatewayLooks()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "exposure:kinds=istio", "exposure:host=a.example.com",
            "exposure:tlsSecret=a-tls", "exposure:clusterIssuer=le");
        var certificate = Assert.Single(stack.OfKind("Certificate")).Tree;
        Assert.Equal("istio-ingress", certificate["metadata"]["namespace"].Text);
        Assert.Equal(("a-tls", "a.example.com", "le"),
            (certificate["spec"]["secretName"].Text, certificate["spec"]["dnsNames"][0].Text,
                certificate["spec"]["issuerRef"]["name"].Text));
    }

    [Fact]
    public async Task NodePort_HasTheFixedPort() =>
        Assert.Equal(30123, (await Observation.OfAsync("exposure:nodePort=30123"))
            .Manifest("Service", "productpage-nodeport").Tree["spec"]["ports"][0]["nodePort"].Number);

    [Fact]
    public async Task Ingress_LetsInThePublicPathsAlone()
    {
        var stack = await Observation.OfAsync("exposure:kinds=ingress", "exposure:ingressClass=traefik");
        var ingress = Assert.Single(stack.OfKind("Ingress")).Tree["spec"];
        Assert.Equal("traefik", ingress["ingressClassName"].Text);
        Assert.Equal(PublicPaths(path => path.Prefix ? "Prefix" : "Exact"),
            ingress["rules"][0]["http"]["paths"].Items.Select(path => $"{path["pathType"].Text} {path["path"].Text}"));
    }

    [Fact]
    public async Task Ingress_CertificateByCertManager_IsAskedForTheHost()
    {
        var ingress = Assert.Single(
            (await Observation.OfAsync("exposure:kinds=ingress", "exposure:host=a.example.com", "exposure:tlsSecret=a-tls",
                "exposure:clusterIssuer=le")).OfKind("Ingress")).Tree;
        Assert.Equal("le", ingress["metadata"]["annotations"]["cert-manager.io/cluster-issuer"].Text);
        Assert.Equal(("a-tls", "a.example.com"),
            (ingress["spec"]["tls"][0]["secretName"].Text, ingress["spec"]["tls"][0]["hosts"][0].Text));
    }

    [Fact]
    public async Task GatewayApi_RouteIsBoundToTheGatewayAndLetsInThePublicPathsAlone()
    {
        var stack = await Observation.OfAsync("exposure:kinds=gateway-api", "exposure:gatewayClass=cilium");
        var route = stack.Manifest("HTTPRoute", "productpage").Tree["spec"];
        Assert.Equal("cilium", stack.Manifest("Gateway", route["parentRefs"][0]["name"].Text).Tree["spec"]["gatewayClassName"].Text);
        Assert.Equal(PublicPaths(path => path.Prefix ? "PathPrefix" : "Exact"),
            route["rules"][0]["matches"].Items.Select(match => $"{match["path"]["type"].Text} {match["path"]["value"].Text}"));
        Assert.Contains(stack.Manifest("Gateway", "bookinfo").Id, stack.Manifest("HTTPRoute", "productpage").DependsOn);
    }

    [Fact]
    public async Task GatewayApi_WithoutAMesh_WeighsThePagesReleasesItself()
    {
        var backends = (await Observation.OfAsync("exposure:kinds=gateway-api", "canary:productpage=v1=7"))
            .Manifest("HTTPRoute", "productpage").Tree["spec"]["rules"][0]["backendRefs"];
        Assert.Equal([("productpage-v1", 7)], backends.Items.Select(backend => (backend["name"].Text, backend["weight"].Number)));
    }

    [Fact]
    public async Task IstioGateway_HostAndCertificate_AreSetIntoTheRules()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "exposure:kinds=istio", "exposure:host=a.example.com",
            "exposure:tlsSecret=a-tls");
        var servers = stack.Manifest("Gateway", "bookinfo-gateway").Tree["spec"]["servers"].Items;
        Assert.All(servers, server => Assert.Equal(["a.example.com"], server["hosts"].Items.Select(host => host.Text)));
        Assert.Equal([("HTTP", ""), ("HTTPS", "a-tls")],
            servers.Select(server => (server["port"]["protocol"].Text, server["tls"]["credentialName"].Text)));
        Assert.True(servers[0]["tls"]["httpsRedirect"].IsTrue);
        Assert.Equal(["a.example.com"], stack.Manifest("VirtualService", "bookinfo").Tree["spec"]["hosts"].Items.Select(host => host.Text));
    }

    [Fact]
    public async Task SeveralWaysIn_AreAllThere()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "exposure:kinds=nodeport,loadbalancer,ingress,gateway-api,istio");
        Assert.Equal(5, stack.Outputs.Keys.Count(name => name.EndsWith("Url", StringComparison.Ordinal)));
        Assert.Equal(2, stack.OfKind("Gateway").Count);
    }

    private static IEnumerable<string> PublicPaths(Func<PublicPath, string> type) =>
        BookinfoSystem.Topology["productpage"].PublicPaths.Select(path => $"{type(path)} {path.Path}");
}
