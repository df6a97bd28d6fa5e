using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Mesh;

[Collection(nameof(OneAfterAnother))]
public sealed class LinkerdTests
{
    [Fact]
    public async Task Weights_OfAStack_AreTheRoutesOverItsReleases()
    {
        var stack = await Observation.OfAsync("mesh:kind=linkerd", "canary:reviews=v1=90,v3=10");
        var route = stack.Manifest("HTTPRoute", "reviews-weights").Tree["spec"];
        Assert.Equal(("Service", "reviews"), (route["parentRefs"][0]["kind"].Text, route["parentRefs"][0]["name"].Text));
        Assert.Equal([("reviews-v1", 90), ("reviews-v3", 10)],
            route["rules"][0]["backendRefs"].Items.Select(backend => (backend["name"].Text, backend["weight"].Number)));
    }

    [Fact]
    public async Task Weights_NobodyAskedFor_GoToTheFirstRelease()
    {
        var backends = (await Observation.OfAsync("mesh:kind=linkerd"))
            .Manifest("HTTPRoute", "ratings-weights").Tree["spec"]["rules"][0]["backendRefs"].Items;
        Assert.Equal(["ratings-v1"], backends.Select(backend => backend["name"].Text));
    }

    [Fact]
    public async Task Routes_OfAGrpcService_AreGrpcRoutes() =>
        Assert.Equal(["catalog-weights"],
            (await Observation.OfAsync("mesh:kind=linkerd")).OfKind("GRPCRoute").Select(route => route.ManifestName));

    [Fact]
    public async Task Policy_IsOnEveryServiceInLinkerdsWords()
    {
        var annotations = (await Observation.OfAsync("mesh:kind=linkerd", "policy:retries=3", "policy:consecutiveErrors=7",
            "policy:timeout=2.5s", "policy:perTryTimeout=1s"))
            .Manifest("Service", "reviews").Tree["metadata"]["annotations"];
        Assert.Equal(("3", "7", "2500ms"), (
            annotations["retry.linkerd.io/limit"].Text,
            annotations["balancer.linkerd.io/failure-accrual-consecutive-max-failures"].Text,
            annotations["timeout.linkerd.io/request"].Text));
    }

    [Fact]
    public async Task Policy_OfAGrpcService_HasNoTimeThatCutsItsStreams()
    {
        var annotations = (await Observation.OfAsync("mesh:kind=linkerd"))
            .Manifest("Service", "catalog").Tree["metadata"]["annotations"].Fields.Keys;
        Assert.DoesNotContain(annotations, key => key.Contains("timeout", StringComparison.Ordinal) || key == "retry.linkerd.io/http");
        Assert.Contains("retry.linkerd.io/grpc", annotations);
    }

    [Fact]
    public async Task Policy_SwitchedOff_SaysNothingOfRetriesAndBreaker()
    {
        var annotations = (await Observation.OfAsync("mesh:kind=linkerd", "policy:retries=0", "policy:consecutiveErrors=0"))
            .Manifest("Service", "reviews").Tree["metadata"]["annotations"];
        Assert.DoesNotContain(annotations.Fields.Keys, key => key.StartsWith("retry", StringComparison.Ordinal)
            || key.StartsWith("balancer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Istio_LeavesNothingBehind()
    {
        var stack = await Observation.OfAsync("mesh:kind=linkerd");
        Assert.DoesNotContain(stack.Manifests, one => one.Tree["apiVersion"].Text.Contains("istio.io", StringComparison.Ordinal));
        Assert.Equal("enabled", stack.Manifest("Namespace", "bookinfo").Tree["metadata"]["annotations"]["linkerd.io/inject"].Text);
    }
}
