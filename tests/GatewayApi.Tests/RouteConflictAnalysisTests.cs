using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;

namespace Bookinfo.Tests.GatewayApi;

/// <summary>
/// Who wins follows <c>pilot/pkg/model/virtualservice.go: SelectVirtualServices</c> inside the mesh, and
/// <c>pilot/pkg/config/kube/gateway/conversion.go: sortRoutesByCreationTime</c> and <c>pilot/pkg/model/config.go:
/// configCompareByCreationTime</c> at a gateway.
/// </summary>
public sealed class RouteConflictAnalysisTests
{
    private const string Service = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: NAME}
        spec: {hosts: [HOST], gateways: [GATEWAY], http: [{MATCH route: [{destination: {host: reviews}}]}]}
        ---

        """;

    private const string Ingress = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: NAME}
        spec:
          rules: [{http: {paths: [{path: /x, pathType: Prefix, backend: {service: {name: reviews, port: {number: 9080}}}}]}}]
        ---

        """;

    private static readonly KnownServices Known = new("default", "cluster.local", ["reviews"])
    {
        GatewayLabels = [new Dictionary<string, string> { ["istio"] = "ingressgateway" }],
    };

    [Fact]
    public void Analyze_VirtualServiceAndRouteInOneNamespace_TheRouteComesFirst() => Assert.Equal(
        "VirtualService/a spec.hosts[0]: HTTPRoute/mesh (routes.yaml:6:1) routes reviews.default.svc.cluster.local too, and callers in the "
        + "namespace default follow it: these routes do nothing for them (put all routes for the host into one of the two)",
        Said(Of("z", "reviews", "mesh").Replace("name: z", "name: a, creationTimestamp: \"2030-01-01T00:00:00Z\"",
            StringComparison.Ordinal) + OfMesh()).Single());

    [Fact]
    public void Analyze_OlderVirtualService_KeepsCallersOfOtherNamespaces()
    {
        var said = Said(Of("a", "reviews", "mesh") + OfMesh()).ToList();
        Assert.Equal(2, said.Count);
        Assert.Equal(
            "HTTPRoute/mesh metadata.name: callers in other namespaces follow VirtualService/a (routes.yaml:1:1) instead, for "
            + "reviews.default.svc.cluster.local: of the same age, the smaller name counts (put all routes for the host into one of the "
            + "two)", said[1]);
    }

    [Fact]
    public void Analyze_RoutesWithOneMatch_TheYoungerOneTakesNothing() => Assert.Equal(
        "HTTPRoute/old spec.rules[0].matches[0]: no request for * gets here: HTTPRoute/new (routes.yaml:1:1) has the same match, and it is "
        + "the older one (leave one of the two out, or give them different hosts or matches)",
        Said(Route("new", "2020") + Route("old", "2024") + Translations.Gateway).Single());

    [Fact]
    public void Analyze_IngressesWithOnePath_TheSecondTakesNothing() => Assert.Contains(
        "Ingress/b spec.rules[0].http.paths[0]: no request for * gets here: Ingress/a (routes.yaml:7:1) has the same match",
        Said(Named(Ingress, "b") + Named(Ingress, "a")).Single(), StringComparison.Ordinal);

    [Fact]
    public void Analyze_VirtualServiceOfIstiosGatewayAndRoute_SaysThatAClusterMayKeepThemApart() => Assert.Contains(
        "has the same match, and it is the older one; the mesh has one gateway for both, and on a cluster they may have one each",
        Said("""
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: front}
            spec:
              selector: {istio: ingressgateway}
              servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
            ---

            """ + Of("v", "\"*\"", "front", "match: [{uri: {prefix: /x}}],") + Route("r", "2024") + Translations.Gateway).Single(),
        StringComparison.Ordinal);

    /// <summary>A prefix of an Ingress takes whole segments, one of a VirtualService takes more.</summary>
    [Fact]
    public void Analyze_DifferentMatches_SaysNothing() => Assert.Empty(Said(
        Route("a", "2024") + Route("b", "2024").Replace("/x", "/y", StringComparison.Ordinal) + Translations.Gateway));

    private static string Named(string text, string name) => text.Replace("NAME", name, StringComparison.Ordinal);

    private static string Of(string name, string host, string gateway, string match = "") => Named(Service, name)
        .Replace("HOST", host, StringComparison.Ordinal).Replace("GATEWAY", gateway, StringComparison.Ordinal)
        .Replace("MATCH", match, StringComparison.Ordinal);

    private static string OfMesh() => """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: mesh}
        spec: {parentRefs: [{group: "", kind: Service, name: reviews}], rules: [{backendRefs: [{name: reviews, port: 9080}]}]}
        """;

    private static string Route(string name, string year) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, creationTimestamp: "{{year}}-01-01T00:00:00Z"}
        spec:
          parentRefs: [{name: gateway}]
          rules:
          - matches: [{path: {value: /x} }]
            backendRefs: [{name: reviews, port: 9080}]
        ---

        """;

    private static IEnumerable<string> Said(string yaml)
    {
        var reading = RuleReader.Read(new RuleSource("routes.yaml", yaml));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        return RouteConflictAnalysis.Analyze(reading.Rules, Known).Select(problem =>
            problem.ToString()[(problem.ToString().IndexOf(": ", StringComparison.Ordinal) + 2)..]);
    }
}
