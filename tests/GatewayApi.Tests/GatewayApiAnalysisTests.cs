using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;

namespace Bookinfo.Tests.GatewayApi;

public sealed class GatewayApiAnalysisTests
{
    private static readonly KnownServices Known = new("default", "cluster.local", ["reviews"]);

    [Fact]
    public void Analyze_RouteThatIsFine_SaysNothing() =>
        Assert.Empty(Said(Translations.Route("backendRefs: [{name: reviews, port: 9080}]")));

    [Fact]
    public void Analyze_BackendThatDoesNotExist_PointsAtIt() =>
        Assert.Equal(
            "a.yaml:14:48: HTTPRoute/route spec.rules[0].backendRefs[1]: backend(revews.default.svc.cluster.local) not found; its "
            + "requests get 500 (ResolvedRefs: False, BackendNotFound)",
            Assert.Single(Said(Translations.Route(
                "backendRefs: [{name: reviews, port: 9080}, {name: revews, port: 9080}]"))));

    [Fact]
    public void Analyze_GatewayThatDoesNotExist_SaysThatTheRouteDoesNothing() =>
        Assert.Contains("there is no Gateway default/other: the route does nothing there", Assert.Single(Said(
            Translations.Route("backendRefs: [{name: reviews, port: 9080}]")
                .Replace("parentRefs: [{name: gateway}]", "parentRefs: [{name: other}]", StringComparison.Ordinal))),
            StringComparison.Ordinal);

    [Fact]
    public void Analyze_RouteWithoutParent_SaysThatItDoesNothing() =>
        Assert.Contains("names no parent", Assert.Single(Said(
            Translations.Route("backendRefs: [{name: reviews, port: 9080}]")
                .Replace("  parentRefs: [{name: gateway}]\n", "", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Theory]
    [InlineData("nginx", "Note",
        "the class nginx is not Istio's: the mesh leaves this Gateway to its own controller (write gatewayClassName: istio if Istio should "
        + "serve it)")]
    [InlineData("istoi", "Warning", "the class istoi is not Istio's: the mesh leaves this Gateway aside (did you mean istio?)")]
    [InlineData("istio-waypoint", "Warning",
        "Gateways of the class istio-waypoint do nothing here: the mesh has no waypoints and no other clusters (write gatewayClassName: "
        + "istio)")]
    public void Analyze_ClassThatTheMeshDoesNotServe_SaysWhoDoes(string name, string severity, string message)
    {
        var problem = Assert.Single(GatewayApiAnalysis.Analyze(RuleReader.Read(new RuleSource("a.yaml",
            Translations.Gateway.Replace("gatewayClassName: istio", $"gatewayClassName: {name}", StringComparison.Ordinal))).Rules, Known));
        Assert.Equal(severity, problem.Severity.ToString());
        Assert.EndsWith($"spec.gatewayClassName: {message}", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_SectionThatDoesNotExist_PointsAtTheParent() =>
        Assert.Contains("spec.parentRefs[0]: sectionName \"other\" not found (Accepted: False, NoMatchingParent)", Assert.Single(Said(
            Translations.Route("backendRefs: [{name: reviews, port: 9080}]")
                .Replace("[{name: gateway}]", "[{name: gateway, sectionName: other}]", StringComparison.Ordinal))),
            StringComparison.Ordinal);

    [Fact]
    public void Analyze_ParentOfAKindThatNobodyServes_SaysThatTheRouteDoesNothing() => Assert.Contains(
        "spec.parentRefs[0]: the mesh has no parents of kind Server of policy.linkerd.io: the route does nothing there",
        Assert.Single(Said("""
            apiVersion: policy.linkerd.io/v1beta2
            kind: HTTPRoute
            metadata: {name: authors-get-route}
            spec:
              parentRefs: [{name: authors-server, kind: Server, group: policy.linkerd.io}]
              rules: [{matches: [{path: {value: /authors.json}, method: GET}]}]
            """)), StringComparison.Ordinal);

    [Fact]
    public void Analyze_AnnotationOfLinkerds_SaysThatItDoesNothing() => Assert.Contains(
        "metadata.annotations[\"retry.linkerd.io/http\"]: the mesh does not read Linkerd's annotation retry.linkerd.io/http",
        Assert.Single(Said("""
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: HTTPRoute
            metadata: {name: schlep-default, annotations: {retry.linkerd.io/http: 5xx}}
            spec: {parentRefs: [{name: reviews, kind: Service, group: core}]}
            """)), StringComparison.Ordinal);

    private static IEnumerable<string> Said(string yaml) =>
        GatewayApiAnalysis.Analyze(RuleReader.Read(new RuleSource("a.yaml", yaml)).Rules, Known).Select(problem => problem.ToString());
}
