using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Which DestinationRules and Gateways hold for whom, across namespaces.</summary>
public sealed class NamespacesTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private const string Host = "r.default.svc.cluster.local";

    private static readonly string ToSubset =
        Yaml.VirtualService(Host, "- route: [{destination: {host: r.default.svc.cluster.local, subset: it}}]");

    private static readonly string ToSubsetOutside = Yaml.All(
        Yaml.Gateway(),
        Yaml.VirtualService("shop.example.com", $"- route: [{{destination: {{host: {Host}, subset: it}}}}]", gateways: "gateway"));

    private static readonly IReadOnlyList<Case> Statements =
    [
        new("the caller's namespace has the first word on a DestinationRule, then the service's", Yaml.All(
            ToSubset, Rule("v1", "default"), Rule("v2", "other")),
            From("a-v1-0", "r-v1"), From("z-v1-0", "r-v2")),
        new("a DestinationRule of a third namespace holds only for its own callers", Yaml.All(ToSubset, Rule("v2", "other")),
            From("z-v1-0", "r-v2"), From("a-v1-0", null) with { Status = 503, Flag = "NC" }),
        new("the root namespace has the last word", Yaml.All(ToSubset, Rule("v1", "istio-system")), From("a-v1-0", "r-v1"),
            From("z-v1-0", "r-v1")),
        new("a DestinationRule of the service's namespace goes before the root namespace's",
            Yaml.All(ToSubset, Rule("v1", "istio-system"), Rule("v2", "default")),
            From("a-v1-0", "r-v2"), From("z-v1-0", "r-v2")),
        new("exportTo . keeps the service's own DestinationRule from callers elsewhere",
            Yaml.All(ToSubset, Rule("v1", "default") + "\n  exportTo: [\".\"]"),
            From("a-v1-0", "r-v1"), From("z-v1-0", null) with { Status = 503, Flag = "NC" }),
        new("two DestinationRules for one host are merged", Yaml.All(
            Yaml.DestinationRule("r", "subsets: [{name: v1, labels: {version: v1}}]", "first"),
                Yaml.DestinationRule("r", "subsets: [{name: v2, labels: {version: v2}}]", "second"),
            Yaml.VirtualService("r",
                "- match: [{uri: {exact: /1}}]\n  route: [{destination: {host: r, subset: v1}}]\n- route: [{destination: {host: r, "
                    + "subset: v2}}]")),
            new Call { Url = "http://r:9080/1", By = "r-v1" }, new Call { Url = "http://r:9080/2", By = "r-v2" }),
        new("two DestinationRules for one host that are exported differently are not merged", Yaml.All(
            ToSubset, Rule("v1", "default", "first") + "\n  exportTo: [\".\"]", Rule("v2", "default", "second")),
            From("a-v1-0", "r-v1"), From("z-v1-0", "r-v2")),
        new("the most specific host counts even where its DestinationRule is not exported to the caller", Yaml.All(
            ToSubset, Rule("v1", "default") + "\n  exportTo: [third]",
            Yaml.DestinationRule("*.default.svc.cluster.local", "subsets: [{name: it, labels: {version: v2}}]")),
            From("a-v1-0", "r-v2"), From("z-v1-0", null) with { Status = 503, Flag = "NC" }),
        new("the gateway, which is in the root namespace, goes by the service's DestinationRule first", Yaml.All(
            ToSubsetOutside, Rule("v1", "default"), Rule("v2", "istio-system")), Outside(200) with { By = "r-v1" }),
        new("the gateway goes by a private DestinationRule of the root namespace before all", Yaml.All(
            ToSubsetOutside, Rule("v1", "default"), Rule("v2", "istio-system") + "\n  exportTo: [\".\"]"),
            Outside(200) with { By = "r-v2" }),
        new("a DestinationRule for a wildcard holds where none is nearer", Yaml.All(
            ToSubset, Yaml.DestinationRule("*.default.svc.cluster.local", "subsets: [{name: it, labels: {version: v2}}]")),
                From("a-v1-0", "r-v2")),
        new("a DestinationRule for the name goes before one for a wildcard", Yaml.All(
            ToSubset, Rule("v1", "default"),
                Yaml.DestinationRule("*.default.svc.cluster.local", "subsets: [{name: it, labels: {version: v2}}]")),
                From("a-v1-0", "r-v1")),
        new("a Gateway without a namespace is one of the VirtualService's own", Yaml.All(
            Yaml.Gateway(), Yaml.VirtualService("shop.example.com", "- directResponse: {status: 418}", gateways: "gateway",
                @namespace: "other")), Outside(404)),
        new("a Gateway is named with its namespace from elsewhere", Yaml.All(
            Yaml.Gateway(), Yaml.VirtualService("shop.example.com", "- directResponse: {status: 418}", gateways: "default/gateway",
                @namespace: "other")), Outside(418)),
        new("a server's host may keep other namespaces out", Yaml.All(
            Yaml.Gateway("\"other/*\""), Yaml.VirtualService("shop.example.com", "- directResponse: {status: 418}", gateways: "gateway")),
                Outside(404)),
        new("a server's host may let one namespace in", Yaml.All(
            Yaml.Gateway("\"other/*.example.com\""),
            Yaml.VirtualService("shop.example.com", "- directResponse: {status: 418}", gateways: "default/gateway", @namespace: "other")),
                Outside(418)),
        new("a Gateway for other pods does not open this one", Yaml.All(
            Yaml.Gateway().Replace("istio: ingressgateway", "istio: another", StringComparison.Ordinal),
            Yaml.VirtualService("shop.example.com", "- directResponse: {status: 418}", gateways: "gateway")), Outside(404)),
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Rule_OfANamespace_HoldsForWhomIstioSays(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Rule(string version, string @namespace, string name = "r") =>
        Yaml.DestinationRule(Host, $"subsets: [{{name: it, labels: {{version: {version}}}}}]", name, @namespace);

    private static Call From(string caller, string? release) => new() { From = caller, Url = "http://r.default:9080/", By = release };

    private static Call Outside(int status) => new() { From = EchoMesh.Gateway, Url = "http://shop.example.com/", Status = status };
}
