using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Routing;

namespace Bookinfo.Tests.Rollouts.Routing;

/// <summary>
/// Cases of argo-rollouts <c>rollout/trafficrouting/istio/istio_test.go</c>, each with the name of its function there. Argo's own cases use
/// two services for the most part; here the two releases are subsets, as in its cases that end in Subset.
/// </summary>
public sealed class CanaryRoutesTests
{
    private static readonly RoutedSubsets Subsets = new("istio-destrule", "canary", "stable");
    private static readonly string[] Both = ["primary", "secondary"];

    [Fact]
    public void TestReconcileWeightsBaseCase() => AssertWeights(
        new CanaryRoutes(Subsets, []).SetWeight(Rule("primary", "secondary"), Both, 10), (90, 10), (90, 10));

    [Fact]
    public void TestReconcileNoChanges()
    {
        var rule = Rule("primary", "secondary");
        Assert.Equal(rule, new CanaryRoutes(Subsets, []).SetWeight(rule, Both, 0));
    }

    [Fact]
    public void TestReconcileInferredSingleRoute() =>
        AssertWeights(new CanaryRoutes(Subsets, []).SetWeight(Rule(""), [], 10), (90, 10));

    [Fact]
    public void TestReconcileAmbiguousRoutes() => Assert.Contains("exactly one route",
        Assert.Throws<RoutingException>(() => new CanaryRoutes(Subsets, []).SetWeight(Rule("primary", "secondary"), [], 10)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void TestReconcileInvalidValidation_RouteNotFound() => Assert.Equal(
        "HTTP Route 'route-not-found' is not found in the defined Virtual Service.",
        Assert.Throws<RoutingException>(() => new CanaryRoutes(Subsets, []).SetWeight(Rule("primary"), ["route-not-found"], 10)).Message);

    [Theory]
    [InlineData("not-found-canary", "stable", "Canary DestinationRule subset 'not-found-canary' not found in route.")]
    [InlineData("canary", "not-found-stable", "Stable DestinationRule subset 'not-found-stable' not found in route.")]
    public void TestValidateHTTPRoutesSubsets(string canary, string stable, string message) => Assert.Equal(message,
        Assert.Throws<RoutingException>(() => new CanaryRoutes(new RoutedSubsets("", canary, stable), []).SetWeight(Rule("primary"),
            ["primary"], 10)).Message);

    [Theory]
    [InlineData("foo,", "", "")]
    [InlineData("foo,bar", "foo,bar", "foo,bar")]
    [InlineData("foo", "", "foo")]
    public void TestGetHttpRouteIndexesToPatch(string http, string routes, string expected) => Assert.Equal(
        expected, string.Join(',', CanaryRoutes.Weighted(Rule(http.Split(',')).Http, routes.Length == 0 ? [] : routes.Split(','))
            .Select(route => route.Name)));

    [Fact]
    public void TestHttpReconcileHeaderRouteSubsetBased()
    {
        var canary = new CanaryRoutes(Subsets, ["test-header"]);
        var set = canary.SetHeaderRoute(Rule("primary", "secondary"), Both,
            new SetHeaderRouteStep("test-header", [new HeaderMatch("browser", new StringMatch { Prefix = "Firefox" })]), "ratings.prod");
        Assert.Equal(["test-header", "primary", "secondary"], set.Http.Select(route => route.Name));
        Assert.Equal("Firefox", set.Http[0].Match[0].Headers["browser"].Prefix);
        Assert.Equal(("ratings.prod", "canary", 100),
            (set.Http[0].Route[0].Destination.Host, set.Http[0].Route[0].Destination.Subset, set.Http[0].Route[0].Weight));

        var removed = canary.SetHeaderRoute(set, Both, new SetHeaderRouteStep("test-header", []), "ratings.prod");
        Assert.Equal(Both, removed.Http.Select(route => route.Name));
    }

    [Fact]
    public void TestReconcileHeaderRouteAvoidDuplicates()
    {
        var canary = new CanaryRoutes(Subsets, ["test-header"]);
        var step = new SetHeaderRouteStep("test-header", [new HeaderMatch("browser", new StringMatch { Prefix = "Firefox" })]);
        Assert.Equal(2, canary.SetHeaderRoute(canary.SetHeaderRoute(Rule("primary"), ["primary"], step, "h"), ["primary"], step,
            "h").Http.Count);
    }

    [Fact]
    public void TestHttpReconcileMirrorRouteOrder()
    {
        var canary = new CanaryRoutes(Subsets, ["test-mirror-2", "test-mirror-3", "test-mirror-1"]);
        var rule = Rule("primary", "secondary");
        foreach (var (name, method, percentage) in new[] { ("test-mirror-1", "GET", (int?)null), ("test-mirror-2", "POST", 90),
            ("test-mirror-3", "GET", 90) })
        {
            rule = canary.SetMirrorRoute(rule, Both, Mirror(name, method, percentage), "h");
        }

        rule = canary.SetWeight(rule, Both, 40);
        Assert.Equal(["test-mirror-2", "test-mirror-3", "test-mirror-1", "primary", "secondary"], rule.Http.Select(route => route.Name));
        Assert.Equal([60, 40], rule.Http[0].Route.Select(one => one.Weight));

        rule = canary.SetMirrorRoute(rule, Both, new SetMirrorRouteStep("test-mirror-3", null, []), "h");
        Assert.Equal(["test-mirror-2", "test-mirror-1", "primary", "secondary"], rule.Http.Select(route => route.Name));
        Assert.Equal(Both, canary.RemoveManaged(rule).Http.Select(route => route.Name));
    }

    [Fact]
    public void TestHttpReconcileMirrorRouteSubset()
    {
        var rule = new CanaryRoutes(Subsets, ["test-mirror-1"]).SetMirrorRoute(Rule("primary"), ["primary"], Mirror("test-mirror-1",
            "GET", null), "h");
        Assert.Equal(("h", "canary", 100.0), (rule.Http[0].Mirror!.Host, rule.Http[0].Mirror!.Subset, rule.Http[0].MirrorPercentage));
        Assert.Equal([100, 0], rule.Http[0].Route.Select(one => one.Weight));
    }

    [Fact]
    public void TestHostSplitExperimentStep_OtherDestinationsGo()
    {
        var rule = Rule("primary");
        var third = new HttpRouteDestination { Destination = new Destination { Host = "h", Subset = "third" }, Weight = 20 };
        rule = rule with { Http = [rule.Http[0] with { Route = [.. rule.Http[0].Route, third] }] };
        AssertWeights(new CanaryRoutes(Subsets, []).SetWeight(rule, ["primary"], 10), (90, 10));
    }

    private static void AssertWeights(VirtualService rule, params (int Stable, int Canary)[] expected) => Assert.Equal(expected,
        rule.Http.Select(route => (route.Route.Single(one => one.Destination.Subset == "stable").Weight,
            route.Route.Single(one => one.Destination.Subset == "canary").Weight)));

    private static SetMirrorRouteStep Mirror(string name, string method, int? percentage) =>
        new(name, percentage, [new HttpMatchRequest { Method = new StringMatch { Exact = method } }]);

    private static VirtualService Rule(params string[] routes) => new()
    {
        Metadata = new Metadata { Name = "vsvc" },
        Hosts = ["h"],
        Http =
        [
            .. routes.Select(name => new HttpRoute
            {
                Name = name,
                Route =
                [
                    new HttpRouteDestination { Destination = new Destination { Host = "h", Subset = "stable" }, Weight = 100 },
                    new HttpRouteDestination { Destination = new Destination { Host = "h", Subset = "canary" }, Weight = 0 },
                ],
            }),
        ],
    };
}
