using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Rollouts.Routing;

namespace Bookinfo.Tests.Rollouts.Routing;

public sealed class RolloutRulesTests
{
    private const string InForce = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - match: [{headers: {end-user: {exact: jason}}}]
            route: [{destination: {host: reviews, subset: v2}}]
          - timeout: 3s
            route: [{destination: {host: reviews, subset: v1}}]
        """;

    private readonly RolloutRules _rules = new(Files.Good(Files.Rollout("[{setWeight: 10}]")));

    [Fact]
    public void SetWeight_NothingDeployed_TheRouteOfTheServiceIsSplitAndMatchesStay()
    {
        var change = _rules.SetWeight(RuleReader.Read(new RuleSource("a.yaml", InForce)).Rules, 10);
        var rule = Assert.Single(change.VirtualServices);
        Assert.Equal("reviews", rule.Name);
        Assert.Equal("v2", rule.Http[0].Route[0].Destination.Subset);
        Assert.Equal(("primary", TimeSpan.FromSeconds(3)), (rule.Http[1].Name, rule.Http[1].Timeout));
        Assert.Equal([("stable", 90), ("canary", 10)], rule.Http[1].Route.Select(one => (one.Destination.Subset, one.Weight)));
        AssertReleases(change, "v1", "v3");
    }

    [Fact]
    public void SetWeight_NoRuleAtAll_MakesWhatTheRolloutNames() =>
        Assert.Equal("reviews-delivery", Assert.Single(_rules.SetWeight(RuleSet.Empty, 10).VirtualServices).Name);

    [Fact]
    public void SetWeight_Again_ChangesTheWeightsAlone()
    {
        var first = _rules.SetWeight(RuleSet.Empty, 10);
        Assert.Equal([75, 25], _rules.SetWeight(first, 25).VirtualServices[0].Http[0].Route.Select(one => one.Weight));
    }

    [Fact]
    public void Promote_TheCanary_IsTheStableReleaseWithAllTraffic()
    {
        var change = _rules.Promote(_rules.SetWeight(RuleSet.Empty, 100));
        Assert.Equal([100, 0], change.VirtualServices[0].Http[0].Route.Select(one => one.Weight));
        AssertReleases(change, "v3", "v3");
    }

    [Fact]
    public void RollBack_WhateverWasSet_StableHasAllAndRoutesOfStepsAreGone()
    {
        var beta = _rules.SetHeaderRoute(_rules.SetWeight(RuleSet.Empty, 50),
            new("beta", [new("end-user", new StringMatch { Exact = "jason" })]));
        Assert.Equal(2, beta.VirtualServices[0].Http.Count);
        var change = _rules.RollBack(beta);
        Assert.Equal([100, 0], Assert.Single(change.VirtualServices[0].Http).Route.Select(one => one.Weight));
        AssertReleases(change, "v1", "v3");
    }

    private static void AssertReleases(RuleSet rules, string stable, string canary) => Assert.Equal([("stable", stable), ("canary",
        canary)],
        Assert.Single(rules.DestinationRules).Subsets.Select(subset => (subset.Name, subset.Labels["version"])));
}
