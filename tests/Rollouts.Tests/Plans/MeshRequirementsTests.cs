using Bookinfo.Mesh.Rollouts.Plans;

namespace Bookinfo.Tests.Rollouts.Plans;

public sealed class MeshRequirementsTests
{
    private const string ByService = """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: shop}
        spec:
          strategy:
            canary:
              canaryService: shop-canary
              stableService: shop-stable
              trafficRouting: {istio: {virtualService: {name: shop}}}
              steps: [{setWeight: 10}]
        """;

    private const string WithoutRouting = """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: shop}
        spec: {strategy: {canary: {steps: [{setWeight: 10}]}}}
        """;

    [Theory]
    [InlineData(ByService, "rollout.yaml:7:22: Rollout/shop spec.strategy.canary.canaryService: canaryService is not run here")]
    [InlineData(ByService, "the subsets of the two releases are not named")]
    [InlineData(WithoutRouting, "the rules to change are not named")]
    public void Plan_ForTheMesh_NeedsSubsets(string text, string expected) =>
        Assert.Contains(expected, string.Join('\n', Plan(text, isSimulated: false).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData(ByService)]
    [InlineData(WithoutRouting)]
    public void Plan_ForASimulation_NeedsNothingOfTheMesh(string text)
    {
        var planning = Plan(text, isSimulated: true);

        Assert.Empty(planning.Problems);
        Assert.Equal(new Releases("shop", "v1", "canary"), planning.Plan!.Releases);
    }

    private static Planning Plan(string text, bool isSimulated) =>
        RolloutPlanner.Plan(Files.Read(text), "rollout.yaml", "v1", isSimulated: isSimulated);
}
