using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Lifetimes;

/// <summary>
/// From weights to Argo Rollouts and back on a stack that runs: nothing changes its owner, and what is new is there before what is old
/// goes.
/// </summary>
[Collection(nameof(OneAfterAnother))]
public sealed class DeliveryTests
{
    private static readonly string[] Weights = ["mesh:kind=istio", "exposure:kinds=istio", "canary:reviews=v1=90,v3=10"];
    private static readonly string[] Delivery = ["mesh:kind=istio", "exposure:kinds=istio", "delivery:reviews=v1"];
    private static readonly string[] OfWeights =
        ["Deployment/reviews-v1", "Deployment/reviews-v2", "Deployment/reviews-v3", "DestinationRule/reviews", "VirtualService/reviews"];

    private static readonly string[] OfDelivery =
        ["AnalysisTemplate/reviews-success", "DestinationRule/reviews-delivery", "Rollout/reviews", "VirtualService/reviews-delivery"];

    [Fact]
    public async Task Update_FromWeightsToDelivery_RulesAndPodsAreNewOnes() =>
        AssertChange(await Lifetime.OfAsync(Weights, Delivery), OfDelivery, OfWeights);

    [Fact]
    public async Task Update_FromDeliveryToWeights_RulesAndPodsAreNewOnes() =>
        AssertChange(await Lifetime.OfAsync(Delivery, Weights), OfWeights, OfDelivery);

    [Fact]
    public async Task Update_ToAnotherRelease_ChangesTheRolloutOnly()
    {
        var life = await Lifetime.OfAsync(Delivery, [.. Delivery, "delivery:reviews=v3"]);
        Assert.Equal(["Rollout/reviews"], life.Names(Fate.Updated));
        Assert.Single(life.Fates.Keys, one => !one.Type.StartsWith("bookinfo:", StringComparison.Ordinal));
    }

    // What depends on a resource is made after it and removed before it.
    [Fact]
    public async Task Order_RulesOfWeights_GoBeforeTheirPods()
    {
        var stack = await Observation.OfAStackAsync(Weights);
        var route = stack.Manifest("VirtualService", "reviews");
        Assert.Superset(stack.OfKind("Deployment").Select(one => one.Id).ToHashSet(), route.DependsOn.ToHashSet());
        Assert.Contains(stack.Manifest("DestinationRule", "reviews").Id, route.DependsOn);
    }

    [Fact]
    public async Task Order_TheRollout_FindsItsRulesAndIsWaitedFor()
    {
        var stack = await Observation.OfAStackAsync(Delivery);
        var rollout = stack.Manifest("Rollout", "reviews");
        Assert.Superset(
            new HashSet<string>
            {
                stack.Manifest("VirtualService", "reviews-delivery").Id,
                stack.Manifest("DestinationRule", "reviews-delivery").Id,
            },
            rollout.DependsOn.ToHashSet());
        Assert.Equal("condition=Available", rollout.Tree["metadata"]["annotations"]["pulumi.com/waitFor"].Text);
    }

    private static void AssertChange(Lifetime life, string[] created, string[] deleted)
    {
        string[] kinds = ["VirtualService", "DestinationRule", "Rollout", "Deployment", "AnalysisTemplate"];
        Assert.Equal(created, life.Names(Fate.Created).Where(name => kinds.Contains(name.Split('/')[0])));
        Assert.Equal(deleted, life.Names(Fate.Deleted).Where(name => kinds.Contains(name.Split('/')[0])));
        Assert.Empty(life.Names(Fate.Updated, Fate.Replaced, Fate.Protected, Fate.Refused));
    }
}
