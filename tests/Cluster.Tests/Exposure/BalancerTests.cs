using Bookinfo.Tests.Cluster.Lifetimes;
using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Exposure;

/// <summary>What the balancers' keys ask for reaches every balancer, whoever makes it.</summary>
[Collection(nameof(OneAfterAnother))]
public sealed class BalancerTests
{
    private static readonly string[] Closed =
    [
        "mesh:kind=istio", "mesh:install=true", "exposure:kinds=loadbalancer,gateway-api,istio", "exposure:cloud=aws",
        "exposure:internal=true",
        "exposure:sourceRanges=192.0.2.0/24,10.0.0.0/8",
    ];

    [Fact]
    public async Task Closed_EveryBalancer_IsInternalAndHasTheRanges()
    {
        const string Scheme = "service.beta.kubernetes.io/aws-load-balancer-scheme";
        var stack = await Observation.OfAsync(Closed);
        var page = stack.Manifest("Service", "productpage-loadbalancer").Tree;
        var gateway = GatewayService(stack);
        var infrastructure = Assert.Single(stack.OfKind("Gateway"),
            one => one.Tree["apiVersion"].Text.StartsWith("gateway", StringComparison.Ordinal)).Tree["spec"]["infrastructure"];
        Assert.All([page["metadata"], gateway, infrastructure], one => Assert.Equal("internal", one["annotations"][Scheme].Text));
        Assert.All([page["spec"], gateway],
            one => Assert.Equal(["192.0.2.0/24", "10.0.0.0/8"], one["loadBalancerSourceRanges"].Items.Select(range => range.Text)));
        Assert.All([page["spec"], gateway], one => Assert.Equal("service.k8s.aws/nlb", one["loadBalancerClass"].Text));
        var parameters = stack.Manifest(infrastructure["parametersRef"]["kind"].Text,
            infrastructure["parametersRef"]["name"].Text).Tree["data"]["service"].Text;
        Assert.Equal("spec:\n  loadBalancerSourceRanges: [\"192.0.2.0/24\", \"10.0.0.0/8\"]\n  loadBalancerClass: service.k8s.aws/nlb\n",
            parameters);
        // Gateway API: at most eight annotations.
        Assert.InRange(infrastructure["annotations"].Fields.Count, 1, 8);
    }

    [Fact]
    public async Task Closed_IstiosGateway_IsAskedForItsHealthOnItsStatusPort()
    {
        var annotations = GatewayService(await Observation.OfAsync(Closed))["annotations"].Texts;
        Assert.Equal("15021", annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-port"]);
        Assert.Equal("/healthz/ready", annotations["service.beta.kubernetes.io/aws-load-balancer-healthcheck-path"]);
    }

    [Fact]
    public async Task NoKey_NeitherGateway_IsToldAnything()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "mesh:install=true", "exposure:kinds=gateway-api,istio");
        Assert.False(GatewayService(stack)["annotations"].Exists);
        Assert.All(stack.OfKind("Gateway"), gateway => Assert.False(gateway.Tree["spec"]["infrastructure"].Exists));
    }

    // kubernetes pkg/apis/core/validation: the class of a Service's balancer cannot change.
    [Theory]
    [InlineData("none", "aws")]
    [InlineData("aws", "gcp")]
    public async Task Update_ToOrFromAws_MakesTheServicesAnew(string before, string after)
    {
        string[] config = ["mesh:kind=istio", "mesh:install=true", "exposure:kinds=loadbalancer,istio"];
        var life = await Lifetime.OfAsync([.. config, $"exposure:cloud={before}"], [.. config, $"exposure:cloud={after}"]);
        Assert.Equal(["Release/istio-ingressgateway", "Service/productpage-loadbalancer"], life.Names(Fate.Replaced));
        Assert.Empty(life.Names(Fate.Refused));
    }

    [Theory]
    [InlineData("aws", "alb.ingress.kubernetes.io/healthcheck-path", "/health/ready")]
    [InlineData("none", "example.com/mine", "yes")]
    public async Task Ingress_Annotations_AreTheCloudsAndTheStacks(string cloud, string name, string value)
    {
        var stack = await Observation.OfAsync("exposure:kinds=ingress", $"exposure:cloud={cloud}",
            "exposure:ingressAnnotations=example.com/mine=yes");
        Assert.Equal(value, Assert.Single(stack.OfKind("Ingress")).Tree["metadata"]["annotations"][name].Text);
    }

    [Fact]
    public async Task Ingress_OnGke_IsAskedForItsHealthWhereThePageAnswers()
    {
        var stack = await Observation.OfAsync("exposure:kinds=ingress", "exposure:cloud=gcp", "mesh:kind=istio");
        var check = Assert.Single(stack.OfKind("BackendConfig"));
        Assert.Equal(("/health/ready", 9080),
            (check.Tree["spec"]["healthCheck"]["requestPath"].Text, check.Tree["spec"]["healthCheck"]["port"].Number));
        Assert.Equal($"{{\"default\": \"{check.ManifestName}\"}}",
            stack.Manifest("Service", "productpage").Tree["metadata"]["annotations"]["cloud.google.com/backend-config"].Text);
        Assert.True(new Mesh.AuthorizationWorld(stack).Lets(null, "productpage", 9080, "/health/ready"));
    }

    private static Tree GatewayService(Observation stack) =>
        Assert.Single(stack.Resources, one => one.Type == "kubernetes:helm.sh/v3:Release"
            && one.Name == "istio-ingressgateway").Tree["values"]["service"];
}
