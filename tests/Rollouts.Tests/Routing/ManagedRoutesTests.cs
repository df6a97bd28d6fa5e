using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Routing;

namespace Bookinfo.Tests.Rollouts.Routing;

/// <summary>
/// Cases of argo-rollouts <c>rollout/trafficrouting/istio/istio_test.go</c> about routes of steps, each with the name of its function
/// there. As in <see cref="CanaryRoutesTests"/>, subsets stand for the two services of Argo's own cases.
/// </summary>
public sealed class ManagedRoutesTests
{
    /// <summary>Argo's <c>regularVsvcWithExtra</c>: two routes with a port, retries and CORS.</summary>
    private const string WithExtra = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: vsvc}
        spec:
          hosts: [istio-rollout.dev.argoproj.io]
          http:
          - name: primary
            retries: {attempts: 3, perTryTimeout: 10s, retryOn: "gateway-error,connect-failure,refused-stream"}
            route:
            - {destination: {host: h, subset: stable, port: {number: 8443}}, weight: 100}
            - {destination: {host: h, subset: canary, port: {number: 8443}}, weight: 0}
          - name: secondary
            retries: {attempts: 3, perTryTimeout: 10s, retryOn: "gateway-error,connect-failure,refused-stream"}
            corsPolicy:
              allowOrigins: [{exact: "https://example.com"}]
              allowMethods: [POST, GET]
              allowCredentials: false
              allowHeaders: [X-Foo-Bar]
              maxAge: 24h
            route:
            - {destination: {host: h, subset: stable, port: {number: 8443}}, weight: 100}
            - {destination: {host: h, subset: canary, port: {number: 8443}}, weight: 0}
        """;

    private static readonly RoutedSubsets Subsets = new("istio-destrule", "canary", "stable");
    private static readonly string[] Primary = ["primary"];

    [Fact]
    public void TestHttpReconcileHeaderRouteWithExtra()
    {
        var canary = new CanaryRoutes(Subsets, ["test-header-route"]);
        var set = canary.SetHeaderRoute(Extra(), Primary,
            new SetHeaderRouteStep("test-header-route", [new HeaderMatch("agent", new StringMatch { Exact = "firefox" })]), "h");

        Assert.Equal(["test-header-route", "primary", "secondary"], set.Http.Select(route => route.Name));
        var only = Assert.Single(set.Http[0].Route);
        Assert.Equal(("canary", 100, 8443), (only.Destination.Subset, only.Weight, only.Destination.Port));
        Assert.Equal(Extra().Http, canary.RemoveManaged(set).Http);
    }

    [Fact]
    public void TestReconcileUpdateHeader()
    {
        var rule = Extra();
        var set = new CanaryRoutes(Subsets, ["test-mirror-1"]).SetHeaderRoute(rule, Primary,
            new SetHeaderRouteStep("test-mirror-1", [new HeaderMatch("browser", new StringMatch { Prefix = "Firefox" })]), "h");
        Assert.NotEqual(rule, set);
    }

    [Fact]
    public void TestReconcileUpdateMirror()
    {
        var rule = Extra();
        var set = new CanaryRoutes(Subsets, ["test-mirror-1"]).SetMirrorRoute(rule, Primary, Mirror("test-mirror-1", "GET"), "h");
        Assert.NotEqual(rule, set);
    }

    [Fact]
    public void TestHttpReconcileMirrorRoute()
    {
        var canary = new CanaryRoutes(Subsets, ["test-mirror-1", "test-mirror-2"]);
        var first = canary.SetMirrorRoute(Extra(), Primary, Mirror("test-mirror-1", "GET"), "h");
        Assert.Equal(["test-mirror-1", "primary", "secondary"], first.Http.Select(route => route.Name));
        Assert.Equal([("stable", 100), ("canary", 0)], first.Http[0].Route.Select(one => (one.Destination.Subset, one.Weight)));
        Assert.Equal(100, first.Http[0].MirrorPercentage);

        var removed = canary.SetMirrorRoute(first, Primary, new SetMirrorRouteStep("test-mirror-1", null, []), "h");
        Assert.Equal(["primary", "secondary"], removed.Http.Select(route => route.Name));

        var both = canary.SetMirrorRoute(canary.SetMirrorRoute(removed, Primary, Mirror("test-mirror-1", "GET"), "h"), Primary,
            Mirror("test-mirror-2", "GET", 90), "h");
        Assert.Equal((4, 90), (both.Http.Count, both.Http[1].MirrorPercentage));
        Assert.Equal(2, canary.RemoveManaged(both).Http.Count);
    }

    [Fact]
    public void TestHttpReconcileMirrorRouteWithExtraFields()
    {
        var set = new CanaryRoutes(Subsets, ["test-mirror-1"]).SetMirrorRoute(Extra(), Primary, Mirror("test-mirror-1", "GET"), "h");

        Assert.Equal([8443, 8443], set.Http[0].Route.Select(one => one.Destination.Port));
        Assert.NotNull(set.Http[1].Retries);
        Assert.NotNull(set.Http[2].Retries);
        Assert.NotNull(set.Http[2].CorsPolicy);
    }

    [Fact]
    public void TestHttpReconcileMirrorRouteOrderSingleRouteNoName()
    {
        var canary = new CanaryRoutes(Subsets, ["test-mirror-2", "test-mirror-3", "test-mirror-1"]);
        var rule = Extra();
        rule = canary.SetWeight(rule with { Http = [rule.Http[0] with { Name = null }] }, [], 30);
        SetMirrorRouteStep[] steps = [Mirror("test-mirror-1", "GET"), Mirror("test-mirror-2", "POST", 90), Mirror("test-mirror-3", "GET", 90)];
        foreach (var step in steps)
        {
            rule = canary.SetMirrorRoute(rule, [], step, "h");
        }

        Assert.Equal(["test-mirror-2", "test-mirror-3", "test-mirror-1", null], rule.Http.Select(route => route.Name));
        Assert.All(rule.Http, route => Assert.Equal([70, 30], route.Route.Select(one => one.Weight)));

        rule = canary.SetWeight(rule, [], 40);
        Assert.All(rule.Http.Take(2), route => Assert.Equal([60, 40], route.Route.Select(one => one.Weight)));

        rule = canary.SetMirrorRoute(rule, [], new SetMirrorRouteStep("test-mirror-3", null, []), "h");
        Assert.Equal(["test-mirror-2", "test-mirror-1", null], rule.Http.Select(route => route.Name));
        Assert.Single(canary.RemoveManaged(rule).Http);
    }

    [Fact]
    public void TestRemoveManagedRoutesWithoutManagedRoutesOrStepRoutes() =>
        Assert.Equal(Extra(), new CanaryRoutes(Subsets, []).RemoveManaged(Extra()));

    private static VirtualService Extra()
    {
        var reading = RuleReader.Read(new RuleSource("vsvc.yaml", WithExtra));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        return reading.Rules.VirtualServices.Single();
    }

    private static SetMirrorRouteStep Mirror(string name, string method, int? percentage = null) =>
        new(name, percentage, [new HttpMatchRequest { Method = new StringMatch { Exact = method } }]);
}
