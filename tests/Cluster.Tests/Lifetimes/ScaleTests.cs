using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Lifetimes;

[Collection(nameof(OneAfterAnother))]
public sealed class ScaleTests
{
    private static readonly string[] Fixed = ["scale:auto=false", "scale:replicas=reviews=3"];
    private static readonly string[] Automatic = ["scale:auto=true", "scale:replicas=reviews=3"];

    // A field that is applied no more goes back to its default, which is one pod.
    [Theory]
    [InlineData("Deployment", "reviews-v1", new string[0])]
    [InlineData("Rollout", "reviews", new[] { "mesh:kind=istio", "delivery:reviews=v1" })]
    public async Task Update_ToAnAutoscaler_TheNumberOfPodsIsSaidAndLeftToIt(string kind, string name, string[] rest)
    {
        var workload = (await Observation.OfAsync([.. Automatic, .. rest])).Manifest(kind, name);
        Assert.Equal(3, workload.Tree["spec"]["replicas"].Number);
        Assert.Contains("spec.replicas", workload.IgnoreChanges);
        var life = await Lifetime.OfAsync([.. Fixed, .. rest], [.. Automatic, .. rest]);
        Assert.Contains($"HorizontalPodAutoscaler/{name}", life.Names(Fate.Created));
        Assert.DoesNotContain($"{kind}/{name}", life.Names(Enum.GetValues<Fate>()));
    }

    // The autoscaler was the last to write the number: without force the API server answers with a conflict.
    [Fact]
    public async Task Update_FromAnAutoscaler_TheNumberIsTakenBack()
    {
        var workload = (await Observation.OfAsync(Fixed)).Manifest("Deployment", "reviews-v1");
        Assert.DoesNotContain("spec.replicas", workload.IgnoreChanges);
        Assert.Equal("true", workload.Tree["metadata"]["annotations"]["pulumi.com/patchForce"].Text);
        Assert.Contains("HorizontalPodAutoscaler/reviews-v1", (await Lifetime.OfAsync(Automatic, Fixed)).Names(Fate.Deleted));
    }
}
