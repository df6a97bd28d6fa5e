using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Tests.TrafficConsole.Rules;

public sealed class RuleLayersTests
{
    private static readonly KnownServices Known = new("default", "cluster.local", ["reviews", "ratings"]);
    private static readonly RuleSet Base = Read(
        Gateway("bookinfo-gateway"),
        Bound("bookinfo", "bookinfo-gateway"),
        Destination("reviews", "reviews"),
        Destination("ratings", "ratings"));

    [Fact]
    public void Beneath_LessonForOneHost_KeepsTheWholeBase()
    {
        var whole = RuleLayers.Beneath(Base, Read(Bound("reviews", "mesh")), Known);

        Assert.Equal(["reviews", "bookinfo"], whole.VirtualServices.Select(rule => rule.Name));
        Assert.Equal(["reviews", "ratings"], whole.DestinationRules.Select(rule => rule.Name));
        Assert.Single(whole.Gateways);
    }

    [Theory]
    [InlineData("reviews")]
    [InlineData("reviews.default.svc.cluster.local")]
    public void Beneath_LessonBringsADestinationRule_ReplacesTheBasesForThatHostAlone(string host)
    {
        var whole = RuleLayers.Beneath(Base, Read(Destination("mine", host)), Known);

        Assert.Equal(["mine", "ratings"], whole.DestinationRules.Select(rule => rule.Name));
    }

    [Fact]
    public void Beneath_LessonBringsAGateway_DropsTheBasesWithWhatIsBoundToIt()
    {
        var whole = RuleLayers.Beneath(Base, Read(Gateway("mine"), Bound("entry", "mine")), Known);

        Assert.Equal("mine", Assert.Single(whole.Gateways).Name);
        Assert.Equal("entry", Assert.Single(whole.VirtualServices).Name);
    }

    [Theory]
    [InlineData("istio", 0)]
    [InlineData("nginx", 1)]
    public void Beneath_LessonBringsAnIngress_DropsTheBasesGatewayIfIstioServesIt(string annotated, int gateways)
    {
        var whole = RuleLayers.Beneath(Base, Read(Ingress("mine", annotated)), Known);

        Assert.Equal(gateways, whole.Gateways.Count);
        Assert.Equal("mine", Assert.Single(whole.Ingresses).Name);
    }

    [Fact]
    public void ApplyAndWithout_Ingress_AreAsForEveryRule()
    {
        var whole = RuleLayers.Apply(Read(Ingress("a", "istio"), Ingress("b", "istio")), Read(Ingress("a", "nginx"), Ingress("c", "istio")));

        Assert.Equal(["a", "b", "c"], whole.Ingresses.Select(rule => rule.Name));
        Assert.Equal("nginx", Assert.Single(whole.Ingresses[0].Metadata.Annotations).Value);
        Assert.Equal(["a", "b"], RuleLayers.Without(whole, rule => rule.Name == "c").Ingresses.Select(rule => rule.Name));
    }

    [Fact]
    public void Beneath_LessonBringsTheSameVirtualService_ReplacesIt()
    {
        var mine = Read(Bound("bookinfo", "bookinfo-gateway").Replace("example.com", "mine.example.com", StringComparison.Ordinal));

        var whole = RuleLayers.Beneath(Base, mine, Known);

        Assert.Equal("mine.example.com", Assert.Single(Assert.Single(whole.VirtualServices).Hosts));
    }

    [Fact]
    public void Apply_SameAndNewResource_ReplacesInPlaceAndAppends()
    {
        var current = Read(Bound("a", "mesh"), Bound("b", "mesh"));
        var change = Read(Bound("c", "mesh"), Bound("a", "mesh").Replace("example.com", "new.example.com", StringComparison.Ordinal));

        var whole = RuleLayers.Apply(current, change);

        Assert.Equal(["a", "b", "c"], whole.VirtualServices.Select(rule => rule.Name));
        Assert.Equal("new.example.com", whole.VirtualServices[0].Hosts[0]);
    }

    [Fact]
    public void Apply_SameNameInAnotherNamespace_IsAnotherResource()
    {
        var whole = RuleLayers.Apply(Read(Bound("a", "mesh")), Read(Bound("a\n  namespace: prod", "mesh")));

        Assert.Equal(["default", "prod"], whole.VirtualServices.Select(rule => rule.Namespace));
    }

    private static string Ingress(string name, string annotated) =>
        $$"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: {{name}}
          annotations: {kubernetes.io/ingress.class: {{annotated}}}
        spec:
          rules:
          - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: reviews, port: {number: 1} } } }]}
        """;

    private static RuleSet Read(params string[] documents)
    {
        var reading = RuleReader.Read(new RuleSource("test.yaml", string.Join("\n---\n", documents)));
        Assert.Empty(reading.Problems);
        return reading.Rules;
    }

    private static string Gateway(string name) => $$"""
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: {{name}}
        spec:
          selector: {istio: ingressgateway}
          servers:
          - port: {number: 8080, name: http, protocol: HTTP}
            hosts: ["*"]
        """;

    private static string Bound(string name, string gateway) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: {{name}}
        spec:
          hosts: [example.com]
          gateways: [{{gateway}}]
          http:
          - directResponse: {status: 200}
        """;

    private static string Destination(string name, string host) => $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: {{name}}
        spec:
          host: {{host}}
          subsets:
          - name: v1
            labels: {version: v1}
        """;
}
