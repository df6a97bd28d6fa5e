using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Tests.Rollouts.Scaling;

/// <summary>Names that begin with Test are those of cases of argo-rollouts <c>utils/replicaset/canary_test.go</c>.</summary>
public sealed class ReplicaCalculationTests
{
    [Theory]
    [InlineData(10, 0, 0)]
    [InlineData(10, 20, 2)]
    [InlineData(10, 25, 3)]
    [InlineData(10, 33, 4)]
    [InlineData(10, 99, 10)]
    [InlineData(10, 100, 10)]
    [InlineData(int.MaxValue, 100, int.MaxValue)]
    public void TestTrafficWeightToReplicas(int total, int percent, int expected) =>
        Assert.Equal(expected, ReplicaCalculation.Of(total, percent));

    [Fact]
    public void TestCalculateReplicaCountsForCanaryTrafficRouting() =>
        Assert.Equal(new ReplicaCounts(10, 1), ReplicaCalculation.At(Strategy(new SetWeightStep(10)), 0, 10, 10));

    [Theory]
    [InlineData("test canary step weight", null, 20, 2)]
    [InlineData("test canary step replicas", 5, null, 5)]
    public void TestGetCanaryReplicasOrWeight(string name, int? replicas, int? weight, int expected)
    {
        Assert.NotEmpty(name);
        var strategy = Strategy(new SetWeightStep(10), new SetCanaryScaleStep(replicas, weight));
        Assert.Equal(expected, ReplicaCalculation.At(strategy, 1, 10, 10).Canary);
    }

    [Fact]
    public void TestGetCanaryReplicasOrWeight_AfterTheLastStep_All() =>
        Assert.Equal(10, ReplicaCalculation.At(Strategy(new SetCanaryScaleStep(5, null)), 1, 100, 10).Canary);

    // canary.go: CheckMinPodsPerReplicaSet.
    [Theory]
    [InlineData(10, 10, 2, 2)]
    [InlineData(10, 50, 2, 5)]
    [InlineData(10, 0, 2, 0)]
    [InlineData(1, 10, 2, 1)]
    public void At_MinPodsPerReplicaSet_IsTheLeastButNoMoreThanAll(int total, int weight, int least, int expected)
    {
        var strategy = Strategy(new SetWeightStep(weight)) with { MinPodsPerReplicaSet = least };
        Assert.Equal(expected, ReplicaCalculation.At(strategy, 0, weight, total).Canary);
    }

    private static CanaryStrategy Strategy(params CanaryStep[] steps) => new() { Steps = steps };
}
