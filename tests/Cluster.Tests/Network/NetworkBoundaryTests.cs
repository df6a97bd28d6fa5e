using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Network;

[Collection(nameof(OneAfterAnother))]
public sealed class NetworkBoundaryTests
{
    [Theory]
    [InlineData("mesh:kind=none")]
    [InlineData("mesh:kind=istio")]
    [InlineData("mesh:kind=linkerd")]
    public async Task Boundary_BetweenServices_TheArrowsOfTheTopologyAndNoOther(string mesh)
    {
        var stack = await Observation.OfAsync(mesh);
        var world = new NetworkPolicyWorld(stack);
        var pods = PodTemplates.Of(stack).Where(pod => BookinfoSystem.Topology.Services.Any(service => service.Name == pod.Labels["app"]))
            .ToList();
        foreach (var (from, to) in from caller in pods from callee in pods select (caller, callee))
        {
            // Who exposes a NodePort lets everybody in to it, for the sender behind a node cannot be told; but out of its own pod no caller
            // gets there.
            var arrow = BookinfoSystem.Topology[from.Labels["app"]].Calls.Contains(to.Labels["app"]);
            Assert.True(arrow == world.Lets(from.Labels, to.Labels, 9080), $"{from.Workload} -> {to.Workload}");
            Assert.False(world.Lets(from.Labels, to.Labels, 5432));
        }
    }

    // PostgreSQL is opaque to Linkerd, whose proxies hand such bytes over on 4143.
    [Theory]
    [InlineData("mesh:kind=none", 5432)]
    [InlineData("mesh:kind=istio", 5432)]
    [InlineData("mesh:kind=linkerd", 5432)]
    [InlineData("mesh:kind=linkerd", 4143)]
    public async Task Boundary_TheDatabase_IsThereForRatingsV2Alone(string mesh, int port)
    {
        var stack = await Observation.OfAsync(mesh);
        var world = new NetworkPolicyWorld(stack);
        var database = Labels(stack, "StatefulSet", "ratings-db");
        var clients = PodTemplates.Of(stack).Where(pod => world.Lets(pod.Labels, database, port)).Select(pod => pod.Workload.ManifestName);
        Assert.Equal(["ratings-v2"], clients);
    }

    [Fact]
    public async Task Boundary_DetailsV2_MayCallOutOverTlsAndNobodyElse()
    {
        var stack = await Observation.OfAsync("releases:details=v1,v2");
        var world = new NetworkPolicyWorld(stack);
        Assert.Equal(["details-v2"],
            PodTemplates.Of(stack).Where(pod => world.LetsOut(pod.Labels, "the internet", 443)).Select(pod => pod.Workload.ManifestName));
        Assert.DoesNotContain(PodTemplates.Of(stack), pod => world.LetsOut(pod.Labels, "the internet", 80));
    }

    [Fact]
    public async Task Boundary_EveryPod_CanAskForNames()
    {
        var stack = await Observation.OfAsync("telemetry:kind=collector");
        var world = new NetworkPolicyWorld(stack);
        Assert.All(PodTemplates.Of(stack),
            pod => Assert.True(world.LetsOut(pod.Labels, "kube-system", 53, "UDP") && world.LetsOut(pod.Labels, "kube-system", 53)));
    }

    [Theory]
    [InlineData("mesh:kind=istio", "istio-system", 15012)]
    [InlineData("mesh:kind=linkerd", "linkerd", 8086)]
    public async Task Boundary_EveryPod_ReachesTheControlPlaneOfItsMesh(string mesh, string space, int port)
    {
        var stack = await Observation.OfAsync(mesh);
        var world = new NetworkPolicyWorld(stack);
        Assert.All(PodTemplates.Of(stack), pod => Assert.True(world.LetsOut(pod.Labels, space, port)));
        Assert.All(PodTemplates.Of(stack), pod => Assert.False(world.LetsOut(pod.Labels, "elsewhere", port)));
    }

    [Theory]
    [InlineData("nodeport", "anywhere", true)]
    [InlineData("loadbalancer", "anywhere", true)]
    [InlineData("ingress", "anywhere", true)]
    [InlineData("", "anywhere", false)]
    [InlineData("istio", "anywhere", false)]
    [InlineData("istio", "istio-ingress", true)]
    public async Task Boundary_ThePage_IsOpenToItsWaysInAlone(string kinds, string space, bool open)
    {
        var stack = await Observation.OfAsync($"exposure:kinds={kinds}", "mesh:kind=istio");
        var world = new NetworkPolicyWorld(stack);
        Assert.Equal(open, world.LetsIn(space, Labels(stack, "Deployment", "productpage-v1"), 9080));
        Assert.False(world.LetsIn(space, Labels(stack, "Deployment", "ratings-v1"), 9080));
    }

    [Theory]
    [InlineData("edge", true)]
    [InlineData("anywhere", false)]
    public async Task Boundary_TheControllersNamespaceIsKnown_OnlyItsPodsGetIn(string space, bool open)
    {
        var stack = await Observation.OfAsync("exposure:kinds=ingress,gateway-api", "exposure:controllerNamespace=edge");
        Assert.Equal(open, new NetworkPolicyWorld(stack).LetsIn(space, Labels(stack, "Deployment", "productpage-v1"), 9080));
    }

    [Fact]
    public async Task Boundary_Telemetry_GoesThroughTheCollectorToTheDashboard()
    {
        var stack = await Observation.OfAsync("telemetry:kind=collector");
        var world = new NetworkPolicyWorld(stack);
        var (service, collector, dashboard) = (Labels(stack, "Deployment", "reviews-v1"), Labels(stack, "Deployment", "otel-collector"),
            Labels(stack, "Deployment", "aspire-dashboard"));
        Assert.True(world.Lets(service, collector, 4317));
        Assert.True(world.Lets(collector, dashboard, 18889));
        Assert.False(world.Lets(service, dashboard, 18889));
        Assert.False(world.Lets(dashboard, collector, 4317));
    }

    [Fact]
    public async Task Boundary_TheProxyOfAGatewayApisGateway_ReachesTheCollector()
    {
        var stack = await Observation.OfAsync("telemetry:kind=collector", "exposure:kinds=gateway-api", "mesh:kind=istio");
        var proxy = new Dictionary<string, string> { ["gateway.networking.k8s.io/gateway-name"] = "bookinfo" };
        Assert.True(new NetworkPolicyWorld(stack).Lets(proxy, Labels(stack, "Deployment", "otel-collector"), 4317));
        Assert.True(new Mesh.AuthorizationWorld(stack).Lets("cluster.local/ns/bookinfo/sa/bookinfo-istio", "otel-collector", 4317, null));
    }

    private static IReadOnlyDictionary<string, string> Labels(Observation stack, string kind, string name) =>
        stack.Manifest(kind, name).Tree["spec"]["template"]["metadata"]["labels"].Texts;
}
