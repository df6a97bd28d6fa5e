using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;

namespace Bookinfo.Tests.Istio.Conformance;

/// <summary>
/// Cases of <c>pkg/config/analysis/analyzers/analyzers_test.go</c> of istio/istio that touch the mesh's kinds: the message by Istio's code,
/// its severity, and the resource. As there, each case asks for the messages of one analyzer.
/// </summary>
public sealed partial class AnalyzerConformanceTests
{
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "deprecation", "IST0002",
            Route("foo", "productpage",
                "hosts: [a], http: [{fault: {delay: {percent: 50, fixedDelay: 1s}}, route: [{destination: {host: a}}]}]"),
                    "Warning IST0002 VirtualService/foo/productpage" },
        { "gatewayNoWorkload", "IST0101 IST0162", Gateway("gw", "selector: {istio: mine}", 80, "a.example.com"),
            "Error IST0101 Gateway/gw" },
        { "gatewayBadPort", "IST0101 IST0162", Gateway("gw", "selector: {istio: ingressgateway}", 8003, "a.example.com"),
            "Warning IST0162 Gateway/gw" },
        { "gatewayCorrectPort", "IST0101 IST0162", Gateway("gw", "selector: {istio: ingressgateway}", 80, "a.example.com"), "" },
        { "gatewayCustomIngressGateway", "IST0101 IST0162",
            Gateway("gw", "selector: {my: gateway}", 8003, "a.example.com") + Pod("gw", "my: gateway") + Service("gw", "{port: 8003}",
                "my: gateway"), "" },
        { "gatewayCustomIngressGatewayBadPort", "IST0101 IST0162",
            Gateway("gw", "selector: {my: gateway}", 8004, "a.example.com") + Pod("gw", "my: gateway") + Service("gw", "{port: 8003}",
                "my: gateway"), "Warning IST0162 Gateway/gw" },
        { "gatewayCustomIngressGatewayTranslation", "IST0101 IST0162",
            Gateway("gw", "selector: {my: gateway}", 8003, "a.example.com") + Pod("gw", "my: gateway") + Service("gw",
                "{port: 80, targetPort: 8003}", "my: gateway"), "" },
        { "conflicting gateways detect", "IST0145",
            Gateway("alpha", "selector: {istio: ingressgateway}", 80, "foo.com") + Gateway("beta", "selector: {istio: ingressgateway}", 80,
                "foo.com"), "Error IST0145 Gateway/alpha|Error IST0145 Gateway/beta" },
        { "gateways with different port are non-conflicting", "IST0145",
            Gateway("alpha", "selector: {istio: ingressgateway}", 80, "foo.com") + Gateway("beta", "selector: {istio: ingressgateway}", 443,
                "foo.com"), "" },
        { "conflicting gateways detect by sub selector", "IST0145",
            Gateway("alpha", "selector: {app: gw}", 80, "foo.com") + Gateway("beta", "selector: {app: gw, istio: mine}", 80,
                "foo.com") + Pod("gw", "app: gw, istio: mine"), "Error IST0145 Gateway/alpha|Error IST0145 Gateway/beta" },
        { "virtualServiceConflictingMeshGatewayHosts", "IST0109",
            Mesh("foo", "ratings", "a.example.com") + Mesh("bar", "ratings", "a.example.com"),
                "Error IST0109 VirtualService/bar/ratings|Error IST0109 VirtualService/foo/ratings" },
        { "virtualServiceConflictingMeshGatewayHostsWithExportTo", "IST0109",
            Mesh("foo", "b", "'*.b'", "foo") + Mesh("bar", "b", "'*.b'", ".") + Mesh("foo", "d", "'*.page.d'", ".") + Mesh("bar", "d",
                "'*.d'", "'*'"), "Error IST0109 VirtualService/bar/d|Error IST0109 VirtualService/foo/d" },
        { "virtualServiceDestinationHosts: host", "IST0101 IST0112",
            Service("reviews", "{port: 42}", "app: r") + To("default", "bogus", "{host: reviews-bogus}") + To("default", "fqdn",
                "{host: reviews.default.svc.cluster.local}"), "Error IST0101 VirtualService/default/bogus" },
        { "virtualServiceDestinationHosts: port", "IST0101 IST0112",
            Service("reviews", "{port: 42}", "app: r") + To("default", "bogus", "{host: reviews, port: {number: 999}}"),
                "Error IST0101 VirtualService/default/bogus" },
        { "virtualServiceDestinationHosts: two ports", "IST0101 IST0112",
            Service("reviews", "{port: 80}, {port: 443}", "app: r") + To("default", "missing", "{host: reviews}") + To("default", "there",
                "{host: reviews, port: {number: 80}}"), "Error IST0112 VirtualService/default/missing" },
        { "virtualServiceDestinationHosts: exportTo", "IST0101 IST0112",
            Service("details", "{port: 80}", "app: d", "banana") + To("istio-system", "unseen",
                "{host: details.default.svc.cluster.local}") + To("banana", "seen", "{host: details.default.svc.cluster.local}"),
                    "Error IST0101 VirtualService/istio-system/unseen" },
        { "virtualServiceDestinationRules", "IST0101",
            Service("reviews", "{port: 80}", "app: r") + Subsets("reviews", "v1") + To("default", "bad",
                "{host: reviews, subset: bogus}") + To("default", "good", "{host: reviews, subset: v1}"),
                    "Error IST0101 VirtualService/default/bad" },
        { "virtualServiceGateways", "IST0101 IST0132",
            Route("default", "bogus", "hosts: ['*'], gateways: [gw-bogus], http: [{directResponse: {status: 200}}]"),
                "Error IST0101 VirtualService/default/bogus|Warning IST0132 VirtualService/default/bogus" },
        { "virtualServiceInternalGatewayRef", "IST0165",
            Route("default", "httpbin",
                "hosts: ['*'], gateways: [ns/gw~istio-autogenerated-k8s-gateway~http], http: [{directResponse: {status: 200}}]"),
                    "Warning IST0165 VirtualService/default/httpbin" },
        { "dupmatches", "IST0130 IST0131",
            Route("default", "dup",
                "hosts: [a], http: [{match: [{uri: {prefix: /a}}], directResponse: {status: 200}}, {match: [{uri: {prefix: /a}}], "
                    + "directResponse: {status: 200}}]"), "Note IST0131 VirtualService/default/dup|Warning IST0130 "
                    + "VirtualService/default/dup" },
        { "host defined in virtualservice not found in the gateway", "IST0132",
            Gateway("one", "selector: {istio: ingressgateway}", 80, "'*.api.example.com'") + Gateway("two",
                "selector: {istio: ingressgateway}", 80, "'*.www.example.com'") + Route("default", "both",
                    "hosts: [user.api.example.com], gateways: [one, two], http: [{directResponse: {status: 200}}]"),
                        "Warning IST0132 VirtualService/default/both" },
        { "missing Addresses and Protocol in Service Entry", "IST0134",
            Entry("bare", "number: 80, name: http") + Entry("http", "number: 80, name: http, protocol: HTTP"),
                "Warning IST0134 ServiceEntry/default/bare" },
        { "ServiceEntry Addresses Required Lowercase Protocol", "IST0134", Entry("lower", "number: 80, name: http, protocol: tcp"),
            "Warning IST0134 ServiceEntry/default/lower" },
        { "Route Rule no effect on Ingress", "IST0140",
            Route("default", "outside", "hosts: ['*'], gateways: [gw], http: [{route: [{destination: {host: reviews}}]}]") + Route(
                "default", "inside", "hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}]}]"),
                    "Warning IST0140 VirtualService/default/outside" },
        { "ServiceEntry conflicting protocols on same host and port", "IST0177",
            Entry("one", "number: 80, name: a, protocol: HTTP", "a.example.com") + Entry("two", "number: 80, name: a, protocol: GRPC",
                "a.example.com"), "Warning IST0177 ServiceEntry/default/one|Warning IST0177 ServiceEntry/default/two" },
        { "ServiceEntry no conflict same protocol", "IST0177",
            Entry("one", "number: 80, name: a, protocol: HTTP", "a.example.com") + Entry("two", "number: 80, name: a, protocol: HTTP",
                "a.example.com"), "" },
        { "DestinationRuleWithFakeHost", "IST0173 IST0174",
            Document("DestinationRule", "default", "fake",
                "host: fake-svc.default.svc.cluster.local, trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}"),
                    "Warning IST0174 DestinationRule/default/fake" },
        { "DestinationRuleSubsetsNotSelectPods", "IST0173 IST0174",
            Service("httpbin", "{port: 8000}", "app: httpbin") + Subsets("httpbin", "v3"),
                "Error IST0173 DestinationRule/default/httpbin" },
        { "DestinationRuleSubsetsWithTopologyLabels", "IST0173 IST0174",
            Service("httpbin", "{port: 8000}", "app: httpbin") + Document("DestinationRule", "default", "httpbin",
                "host: httpbin, subsets: [{name: west, labels: {topology.kubernetes.io/region: us-west}}]"), "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Analyze_CaseOfIstio_HasItsMessages(string name, string codes, string yaml, string expected)
    {
        var reading = RuleReader.Read(new RuleSource("case.yaml", yaml));
        var known = new KnownServices("default", "cluster.local", [])
        {
            Objects = reading.Objects,
            GatewayLabels = [new Dictionary<string, string> { ["istio"] = "ingressgateway" }],
            GatewayPorts = [80, 443, 31400, 15443],
        };
        var said = reading.Problems.Concat(RuleAnalyzer.Analyze(reading.Rules, known, reading.Faulty))
            .Where(problem => codes.Contains(problem.Type.Code, StringComparison.Ordinal))
            .Select(problem => $"{problem.Severity} {problem.Type.Code} {problem.Path.Split(' ')[0]}")
            .Order(StringComparer.Ordinal);

        Assert.True(expected == string.Join('|', said), $"{name}: {string.Join('|', said)}\n{string.Join('\n', reading.Problems)}");
    }

    private static string Document(string kind, string space, string name, string spec) =>
        $"apiVersion: networking.istio.io/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: {space}}}\nspec: {{{spec}}}\n---\n";

    private static string Route(string space, string name, string spec) => Document("VirtualService", space, name, spec);

    private static string Mesh(string space, string name, string host, string exportTo = "'*'") =>
        Route(space, name, $"hosts: [{host}], exportTo: [{exportTo}], http: [{{directResponse: {{status: 200}}}}]");

    private static string To(string space, string name, string destination) =>
        Route(space, name, $"hosts: [{name}.example.com], http: [{{route: [{{destination: {destination}}}]}}]");

    private static string Subsets(string host, string version) =>
        Document("DestinationRule", "default", host, $"host: {host}, subsets: [{{name: {version}, labels: {{version: {version}}}}}]");

    private static string Gateway(string name, string selector, int port, string host) =>
        $"apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {name}}}\nspec: {{{selector}, servers: "
            + $"[{{port: {{number: {port}, name: http, protocol: HTTP}}, hosts: [{host}]}}]}}\n---\n";

    private static string Entry(string name, string port, string? host = null) =>
        Document("ServiceEntry", "default", name, $"hosts: [{host ?? $"{name}.example.com"}], resolution: DNS, ports: [{{{port}}}]");

    private static string Pod(string name, string labels) =>
        $"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, labels: {{{labels}}}}}\n---\n";

    private static string Service(string name, string ports, string selector, string? exportTo = null) =>
        $"apiVersion: v1\nkind: "
            + $"Service\nmetadata: {{name: {name}{(exportTo is null ? "" : $", annotations: {{networking.istio.io/exportTo: {exportTo}}}")}}}\nspec: {{ports: [{ports}], selector: {{{selector}}}}}\n---\n";
}
