using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Rollouts.Routing;

namespace Bookinfo.Tests.Rollouts.Routing;

/// <summary>
/// Cases of argo-rollouts <c>rollout/trafficrouting/istio/istio_test.go</c> about weights in one VirtualService or in several, from the
/// Rollout's file to the rules, each with the name of its function there.
/// </summary>
public sealed class SeveralVirtualServicesTests
{
    private const string Two = "virtualServices: [{name: vsvc1, routes: [primary, secondary]}, {name: vsvc2, routes: [blue-green]}]";
    private const string TwoWithoutRoutes = "virtualServices: [{name: vsvc1}, {name: vsvc2}]";

    [Fact]
    public void TestMultipleVirtualServiceConfigured()
    {
        Assert.Equal(["vsvc1", "vsvc2"], Files.Good(Rollout(Two)).Istio.VirtualServices.Select(one => one.Name));
        Assert.Equal(["vsvc"], Files.Good(Rollout("virtualService: {name: vsvc, routes: [primary]}")).Istio.VirtualServices
            .Select(one => one.Name));
    }

    [Fact]
    public void TestHttpReconcileWeightsBaseCase() => Assert.Equal(["vsvc primary 90/10", "vsvc secondary 100/0"],
        Weights("virtualService: {name: vsvc, routes: [primary]}", 10, Rule("vsvc", "primary", "secondary")));

    [Fact]
    public void TestReconcileUpdateVirtualService()
    {
        var before = Rule("vsvc", "primary", "secondary");
        Assert.NotEqual(Read(before).VirtualServices, Set("virtualService: {name: vsvc, routes: [primary]}", 10, before).VirtualServices);
    }

    [Fact]
    public void TestHttpReconcileInferredSingleRoute() =>
        Assert.Equal(["vsvc  90/10"], Weights("virtualService: {name: vsvc}", 10, Rule("vsvc", "")));

    [Fact]
    public void TestHttpReconcileMultipleDestRule()
    {
        const string Additional = "destinationRule: {name: d, canarySubsetName: canary, stableSubsetName: stable, "
            + "additionalSubsetNames: [stable-subset]}";
        var rule = Rule("vsvc", "") + "    - {destination: {host: additional-service, subset: stable-subset}, weight: 20}\n";

        var set = Set("virtualService: {name: vsvc}", 10, rule, Additional);

        Assert.Equal([("stable", 70), ("canary", 10), ("stable-subset", 20)],
            set.VirtualServices[0].Http[0].Route.Select(one => (one.Destination.Subset, one.Weight)));
    }

    [Fact]
    public void TestMultipleVirtualServiceReconcileWeightsBaseCase() => Assert.Equal(["vsvc primary 100/0", "vsvc secondary 80/20"],
        Weights("virtualServices: [{name: vsvc, routes: [secondary]}]", 20, Rule("vsvc", "primary", "secondary")));

    [Fact]
    public void TestMultipleVirtualServiceReconcileNoChanges()
    {
        var rules = $"{Rule("vsvc1", "primary", "secondary")}---\n{Rule("vsvc2", "blue-green")}";
        Assert.Equal(Read(rules).VirtualServices, Set(Two, 0, rules).VirtualServices);
    }

    [Fact]
    public void TestMultipleVirtualServiceReconcileUpdateVirtualServices() => Assert.Equal(
        ["vsvc1 primary 90/10", "vsvc1 secondary 90/10", "vsvc2 blue-green 90/10"],
        Weights(Two, 10, $"{Rule("vsvc1", "primary", "secondary")}---\n{Rule("vsvc2", "blue-green")}"));

    [Fact]
    public void TestMultipleVirtualServiceReconcileAmbiguousRoutes() => Assert.Contains("exactly one route",
        Assert.Throws<RoutingException>(() => Weights(TwoWithoutRoutes, 0,
            $"{Rule("vsvc1", "primary", "secondary")}---\n{Rule("vsvc2", "blue-green")}")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void TestMultipleVirtualServiceReconcileInferredSingleRoute() => Assert.Equal(["vsvc1  90/10", "vsvc2  90/10"],
        Weights(TwoWithoutRoutes, 10, $"{Rule("vsvc1", "")}---\n{Rule("vsvc2", "")}"));

    private static string[] Weights(string routed, int percent, string rules) =>
    [
        .. Set(routed, percent, rules).VirtualServices.SelectMany(rule => rule.Http, (rule, route) =>
            $"{rule.Name} {route.Name} {string.Join('/', route.Route.Select(one => one.Weight))}"),
    ];

    private static RuleSet Set(string routed, int percent, string rules, string? subsets = null) =>
        new RolloutRules(Files.Good(Rollout(routed, subsets))).SetWeight(Read(rules), percent);

    private static string Rollout(string routed, string? subsets = null)
    {
        var rollout = Files.Rollout("[{setWeight: 10}]").Replace(
            "virtualService: {name: reviews-delivery, routes: [primary]}", routed, StringComparison.Ordinal);
        return subsets is null ? rollout : rollout.Replace(
            "destinationRule: {name: reviews-delivery, canarySubsetName: canary, stableSubsetName: stable}", subsets,
            StringComparison.Ordinal);
    }

    private static RuleSet Read(string rules)
    {
        var reading = RuleReader.Read(new RuleSource("rules.yaml", rules));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        return reading.Rules;
    }

    private static string Rule(string name, params string[] routes) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: {{name}}}
        spec:
          hosts: [istio-rollout.dev.argoproj.io]
          http:

        """ + string.Concat(routes.Select(route => $$"""
          - name: {{route}}
            route:
            - {destination: {host: rollout-service, subset: stable}, weight: 100}
            - {destination: {host: rollout-service, subset: canary}, weight: 0}

        """));
}
