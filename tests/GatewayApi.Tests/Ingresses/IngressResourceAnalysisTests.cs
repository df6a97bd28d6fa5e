using Bookinfo.Mesh.GatewayApi.Ingresses;
using Bookinfo.Mesh.Istio.Analysis;

namespace Bookinfo.Tests.GatewayApi.Ingresses;

public sealed class IngressResourceAnalysisTests
{
    private const string Prefix = "path: /, pathType: Prefix";

    private static readonly KnownServices Known = new("default", "cluster.local", ["reviews", "details"])
    {
        PortNames = new Dictionary<string, IReadOnlyDictionary<string, int>>
        {
            ["reviews"] = new Dictionary<string, int> { ["http"] = 9080 },
        },
    };

    [Fact]
    public void Analyze_IngressThatIsFine_SaysNothing() => Assert.Empty(Said(Ingresses.Of("a", "a.b", Prefix)));

    [Theory]
    [InlineData("nginx.ingress.kubernetes.io/rewrite-target")]
    [InlineData("nginx.org/rewrites")]
    [InlineData("alb.ingress.kubernetes.io/scheme")]
    [InlineData("kubernetes.io/ingress.allow-http")]
    [InlineData("traefik.ingress.kubernetes.io/router.tls")]
    public void Analyze_AnnotationOfAnotherController_SaysThatItDoesNothing(string name) => Assert.Equal(
        $"a.yaml:3:{37 + name.Length}: Ingress/a metadata.annotations[\"{name}\"]: Istio does not read the annotation {name}: it does "
        + "nothing (write the rule as a VirtualService or an HTTPRoute)", Assert.Single(Said(Annotated($"{name}: x"))));

    [Fact]
    public void Analyze_AnnotationsThatOthersRead_SaysNothing() =>
        Assert.Empty(Said(Annotated("cert-manager.io/issuer: ours, team: a, kubernetes.io/ingress.class: istio")));

    [Theory]
    [InlineData("tls: [{hosts: [a.b], secretName: s}]", "spec.tls[0]: the mesh serves these hosts by HTTP only")]
    [InlineData("tls: [{hosts: [a.b]}]", "spec.tls[0]: Istio leaves an entry of tls without a secretName aside")]
    [InlineData("defaultBackend: {service: {name: reviews, port: {number: 1}}}", "spec.defaultBackend: Istio does not apply")]
    [InlineData("ingressClassName: nginx", "spec.ingressClassName: no IngressClass nginx is among the rules, so Istio serves")]
    public void Analyze_FieldThatDoesLessThanItSeems_SaysSo(string field, string expected) =>
        Assert.Contains(expected, Assert.Single(Said(Ingresses.With("a", field, "a.b", Prefix))), StringComparison.Ordinal);

    [Fact]
    public void Analyze_ClassOfAnotherController_SaysOnlyThatTheMeshLeavesItAside() => Assert.Equal(
        "a.yaml:10:21: Ingress/a spec.ingressClassName: the class nginx is not Istio's: the mesh leaves this Ingress to its own "
        + "controller (write ingressClassName: istio if Istio should serve it)",
        Assert.Single(Said(Ingresses.Class.Replace("NAME", "nginx", StringComparison.Ordinal)
            .Replace("OF", "k8s.io/ingress-nginx", StringComparison.Ordinal)
            + Ingresses.With("a", "ingressClassName: nginx", "a.b", Prefix))));

    [Fact]
    public void Analyze_AnnotatedClassOfAnotherController_PointsAtTheAnnotation() => Assert.Contains(
        "metadata.annotations[\"kubernetes.io/ingress.class\"]: the class nginx is not Istio's",
        Assert.Single(Said(Annotated("kubernetes.io/ingress.class: nginx, nginx.org/a: b"))), StringComparison.Ordinal);

    [Fact]
    public void Analyze_RuleWithoutPaths_SaysThatItDoesNothing() => Assert.Contains(
        "spec.rules[0]: Istio leaves a rule without paths aside",
        Assert.Single(Said("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {rules: [{host: a.b}]}\n")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{service: {name: revews, port: {number: 9080}}}",
        "service.name: there is no Service revews.default; the requests get 503 (did you mean reviews?)")]
    [InlineData("{service: {name: orders, port: {number: 80}}}",
        "service.name: there is no Service orders.default; the requests get 503")]
    [InlineData("{service: {name: reviews, port: {number: 80}}}",
        "service.port.number: the Service reviews.default has no port 80; the requests get 503 (write number: 9080)")]
    [InlineData("{service: {name: reviews, port: {name: web}}}",
        "service.port.name: the Service reviews.default has no port web; Istio leaves the path aside (write name: http)")]
    [InlineData("{service: {name: details, port: {name: web}}}",
        "service.port.name: the Service details.default has no port web; Istio leaves the path aside (write the port's number)")]
    [InlineData("{resource: {kind: Bucket, name: a}}", "resource: Istio routes to Services only and leaves the path aside")]
    public void Analyze_BackendThatDoesNotExist_PointsAtIt(string backend, string expected) => Assert.Contains(
        $"spec.rules[0].http.paths[0].backend.{expected}",
        Assert.Single(Said(Ingresses.Of("a", "a.b", $"{Prefix}, backend: {backend}"))), StringComparison.Ordinal);

    [Fact]
    public void Analyze_ServiceElsewhere_IsOnlyUnknown() => Assert.Contains("nothing is known of the Service orders.default",
        Assert.Single(Said(Ingresses.Of("a", "a.b", $"{Prefix}, backend: {{service: {{name: orders, port: {{number: 80}}}}}}"),
            Known with { IsComplete = false })), StringComparison.Ordinal);

    private static string Annotated(string annotations) => Ingresses.Of("a", "a.b", Prefix)
        .Replace("{name: a}", $"{{name: a, annotations: {{{annotations}}}}}", StringComparison.Ordinal);

    private static IEnumerable<string> Said(string yaml, KnownServices? known = null) =>
        IngressResourceAnalysis.Analyze(Ingresses.Read(yaml), known ?? Known).Select(problem => problem.ToString());
}
