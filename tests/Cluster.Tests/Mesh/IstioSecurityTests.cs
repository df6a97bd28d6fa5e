using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Mesh;

[Collection(nameof(OneAfterAnother))]
public sealed class IstioSecurityTests
{
    private const string Gateway = "cluster.local/ns/istio-ingress/sa/istio-ingressgateway";

    [Fact]
    public async Task Authorization_BetweenServices_TheArrowsOfTheTopologyAndNoOther()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "exposure:kinds=istio");
        var world = new AuthorizationWorld(stack);
        var identities = PodTemplates.Of(stack).ToLookup(pod => pod.Labels["app"],
            pod => $"cluster.local/ns/bookinfo/sa/{pod.Spec["serviceAccountName"].Text}");
        foreach (var (caller, callee) in from one in BookinfoSystem.Topology.Services
                                         from other in BookinfoSystem.Topology.Services
                                         select (one, other))
        {
            Assert.All(identities[caller.Name],
                identity => Assert.Equal(caller.Calls.Contains(callee.Name), world.Lets(identity, callee.Name, callee.Port)));
            Assert.All(identities[caller.Name], identity => Assert.False(world.Lets(identity, callee.Name, 1234)));
        }

        Assert.All(BookinfoSystem.Topology.Services, service => Assert.False(world.Lets(null, service.Name, service.Port, "/productpage")));
    }

    [Theory]
    [InlineData("/productpage", true)]
    [InlineData("/static/page.css", true)]
    [InlineData("/api/v1/products/0/reviews", true)]
    [InlineData("/", false)]
    [InlineData("/health", false)]
    [InlineData("/productpage/../health", false)]
    public async Task Authorization_TheGateway_GetsToThePublicPathsAlone(string path, bool allowed)
    {
        var world = new AuthorizationWorld(await Observation.OfAsync("mesh:kind=istio", "exposure:kinds=istio"));
        Assert.Equal(allowed, world.Lets(Gateway, "productpage", 9080, path));
        Assert.False(world.Lets(Gateway, "reviews", 9080, path));
    }

    [Theory]
    [InlineData("aws", true)]
    [InlineData("azure", true)]
    [InlineData("gcp", false)]
    [InlineData("none", false)]
    public async Task Authorization_ALoadBalancerThatAsksForThePagesHealth_GetsAnAnswer(string cloud, bool asks)
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "exposure:kinds=loadbalancer", $"exposure:cloud={cloud}");
        var annotations = stack.Manifest("Service", "productpage-loadbalancer").Tree["metadata"]["annotations"].Texts;
        Assert.Equal(asks ? ["/health/ready"] : [],
            annotations.Where(one => one.Key.EndsWith("-path", StringComparison.Ordinal)).Select(one => one.Value));
        Assert.Equal(asks, new AuthorizationWorld(stack).Lets(null, "productpage", 9080, "/health/ready"));
    }

    [Fact]
    public async Task Authorization_TheDatabase_IsThereForRatingsAlone()
    {
        var world = new AuthorizationWorld(await Observation.OfAsync("mesh:kind=istio"));
        Assert.True(world.Lets("cluster.local/ns/bookinfo/sa/bookinfo-ratings", "ratings-db", 5432, null));
        Assert.False(world.Lets("cluster.local/ns/bookinfo/sa/bookinfo-reviews", "ratings-db", 5432, null));
    }

    [Theory]
    [InlineData("istio", false)]
    [InlineData("nodeport", true)]
    [InlineData("istio,ingress", true)]
    public async Task MutualTls_AWayInPastTheGateway_OpensThePagesPortAlone(string kinds, bool open)
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", $"exposure:kinds={kinds}");
        Assert.Equal("STRICT", stack.Manifest("PeerAuthentication", "default").Tree["spec"]["mtls"]["mode"].Text);
        var others = stack.OfKind("PeerAuthentication").Where(one => one.ManifestName != "default").ToList();
        Assert.Equal(open ? ["productpage"] : [], others.Select(one => one.Tree["spec"]["selector"]["matchLabels"]["app"].Text));
        Assert.All(others, one =>
            Assert.Equal(("STRICT", "PERMISSIVE"), (one.Tree["spec"]["mtls"]["mode"].Text,
                one.Tree["spec"]["portLevelMtls"]["9080"]["mode"].Text)));
        Assert.Equal(open, new AuthorizationWorld(stack).Lets(null, "productpage", 9080, "/productpage"));
        Assert.False(new AuthorizationWorld(stack).Lets(null, "productpage", 9080, "/health"));
    }

    [Theory]
    [InlineData("gateway-api", true)]
    [InlineData("istio", false)]
    public async Task Authorization_TheProxyOfAGatewayApisGateway_IsLetInTo(string kinds, bool open)
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", $"exposure:kinds={kinds}");
        var targets = stack.OfKind("AuthorizationPolicy").SelectMany(policy => policy.Tree["spec"]["targetRefs"].Items).ToList();
        Assert.Equal(open ? stack.OfKind("Gateway").Select(gateway => gateway.ManifestName) : [],
            targets.Select(target => target["name"].Text));
    }

    [Fact]
    public async Task Authorization_AnotherTrustDomainAndNamespace_AreInTheIdentities()
    {
        var world = new AuthorizationWorld(
            await Observation.OfAsync("mesh:kind=istio", "mesh:trustDomain=example.org", "bookinfo:namespace=shop"));
        Assert.True(world.Lets("example.org/ns/shop/sa/bookinfo-reviews", "ratings", 9080));
        Assert.False(world.Lets("cluster.local/ns/bookinfo/sa/bookinfo-reviews", "ratings", 9080));
    }
}
