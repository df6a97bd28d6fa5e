using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Tests.Istio.Analysis;

/// <summary>Rules that are valid and never act, each told of by what is wrong with it.</summary>
public sealed class RuleEffectTests
{
    private const string To = "route: [{destination: {host: reviews}}]";

    private static readonly KnownServices Known = new("default", "cluster.local", ["reviews", "ratings"])
    {
        Ports = new Dictionary<string, IReadOnlyCollection<int>> { ["reviews"] = [9080], ["ratings"] = [9080] },
        GatewayLabels = [new Dictionary<string, string> { ["istio"] = "ingressgateway" }],
        IsComplete = false,
    };

    [Theory]
    [InlineData($"fault: {{delay: {{fixedDelay: 5s, percentage: {{value: 0}}}}}}, {To}", "fault.delay.percentage: the percentage is 0")]
    [InlineData($"fault: {{abort: {{httpStatus: 500, percentage: {{value: 0}}}}}}, {To}", "fault.abort.percentage: the percentage is 0")]
    [InlineData($"mirror: {{host: ratings}}, mirrorPercentage: {{value: 0}}, {To}", "mirrorPercentage: the percentage is 0")]
    [InlineData($"mirrors: [{{destination: {{host: ratings}}, percentage: {{value: 0}}}}], {To}",
        "mirrors[0].percentage: the percentage is 0")]
    [InlineData($"mirror: {{host: reviews}}, {To}", "mirror: the mirror is the route's own destination")]
    [InlineData("route: [{destination: {host: reviews}, weight: 50}, {destination: {host: reviews}, weight: 50}]",
        "route[1].destination: an entry before it has the same destination")]
    [InlineData($"corsPolicy: {{allowMethods: [GET]}}, {To}", "corsPolicy: corsPolicy does nothing without allowOrigins")]
    [InlineData("redirect: {uri: /b}, headers: {request: {set: {a: b}}}", "headers.request: headers.request does nothing")]
    [InlineData("match: [{uri: {exact: /a}}], redirect: {uri: /a}", "redirect.uri: requests for \"/a\" are sent to where they come from")]
    [InlineData("match: [{uri: {exact: /a}}], redirect: {uri: /a, authority: other.com}", null)]
    [InlineData("redirect: {uri: /b}, headers: {response: {set: {a: b}}}", null)]
    [InlineData($"corsPolicy: {{allowOrigins: [{{exact: https://a.b}}]}}, {To}", null)]
    public void Analyze_PartOfARouteThatDoesNothing_IsTold(string route, string? expected) => Check($"[{{{route}}}]", "[0].", expected);

    [Theory]
    [InlineData("headers: {x-envoy-retry-on: {exact: 5xx}}", "headers[\"x-envoy-retry-on\"]: Envoy removes x-envoy-retry-on")]
    [InlineData("headers: {transfer-encoding: {exact: chunked}}", "headers[\"transfer-encoding\"]: Envoy removes transfer-encoding")]
    [InlineData("headers: {a: {exact: b}}, withoutHeaders: {a: {exact: b}}", "withoutHeaders[\"a\"]: a is asked for and excluded")]
    [InlineData("headers: {a: {exact: b}}, withoutHeaders: {a: {}}", "withoutHeaders[\"a\"]: a is asked for and excluded")]
    [InlineData("headers: {a: {prefix: b}}, withoutHeaders: {a: {exact: bc}}", null)]
    [InlineData("scheme: {exact: ftp}", "scheme.exact: requests have the scheme http or https")]
    [InlineData("uri: {regex: /a.}, ignoreUriCase: true", "ignoreUriCase: ignoreUriCase does nothing with regex")]
    [InlineData("authority: {exact: other}", "authority.exact: \"other\" is none of the VirtualService's hosts")]
    [InlineData("authority: {exact: \"reviews:9080\"}", null)]
    [InlineData("authority: {exact: reviews.default}", null)]
    [InlineData("authority: {exact: reviews.default.svc.cluster.local}", null)]
    [InlineData("port: 80", "port: nothing of this VirtualService is called on port 80")]
    [InlineData("port: 9080", null)]
    public void Analyze_MatchThatNoRequestHas_IsTold(string match, string? expected) =>
        Check($"[{{match: [{{{match}}}], {To}}}]", "[0].match[0].", expected);

    [Theory]
    [InlineData("uri: {prefix: /}", "", "[1]: no request gets here: http[0] takes every path")]
    [InlineData("uri: {regex: \".*\"}", "match: [{uri: {exact: /a}}],", "[1]: no request gets here: http[0] takes every path")]
    [InlineData("uri: {prefix: /a}", "match: [{uri: {exact: /a/b}}],",
        "[1].match[0]: no request gets here: the prefix \"/a\" of http[0] takes \"/a/b\" too")]
    [InlineData("uri: {prefix: /a}, ignoreUriCase: true", "match: [{uri: {exact: /A/b}}],",
        "[1].match[0]: no request gets here: the prefix \"/a\" of http[0] takes \"/A/b\" too")]
    [InlineData("uri: {prefix: /a}", "match: [{uri: {exact: /A/b}}],", null)]
    [InlineData("uri: {prefix: /a}", "match: [{uri: {exact: /a}, ignoreUriCase: true}],", null)]
    [InlineData("uri: {prefix: /}, method: {exact: GET}", "", null)]
    [InlineData("uri: {prefix: /a}, headers: {x: {exact: z}}", "match: [{uri: {exact: /a/b}}],", null)]
    [InlineData("uri: {prefix: /}, sourceLabels: {app: a}", "", null)]
    public void Analyze_RouteBehindAWiderOne_IsTold(string wide, string narrow, string? expected) =>
        Check($"[{{match: [{{{wide}}}], {To}}}, {{{narrow} {To}}}]", "", expected);

    [Theory]
    [InlineData("loadBalancer: {simple: RANDOM, warmup: {duration: 10s}}", "loadBalancer.warmup: warmup works with LEAST_REQUEST")]
    [InlineData("loadBalancer: {simple: ROUND_ROBIN, warmup: {duration: 10s}}", null)]
    [InlineData("loadBalancer: {warmup: {duration: 10s}}", null)]
    [InlineData("outlierDetection: {consecutive5xxErrors: 0}", "outlierDetection: consecutive5xxErrors is 0")]
    [InlineData("outlierDetection: {consecutive5xxErrors: 0, consecutiveGatewayErrors: 3}", null)]
    [InlineData("outlierDetection: {}", null)]
    [InlineData("portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]",
        "portLevelSettings[0].port: reviews does not serve port 80: these settings do nothing")]
    public void Analyze_PartOfAPolicyThatDoesNothing_IsTold(string policy, string? expected) => Said(
        Rules.Resource("DestinationRule", "reviews", $"host: reviews\ntrafficPolicy: {{{policy}}}"), "spec.trafficPolicy.", expected);

    [Theory]
    [InlineData("v2", "spec.subsets[0].trafficPolicy: no VirtualService here routes to the subset v1")]
    [InlineData("v1", null)]
    public void Analyze_PolicyOfASubsetThatNoRouteNames_IsTold(string subset, string? expected) => Said(
        Rules.Resource("DestinationRule", "reviews",
            "host: reviews\nsubsets: [{name: v1, trafficPolicy: {loadBalancer: {simple: RANDOM}}}, {name: v2}]")
        + "\n---\n" + Rules.VirtualService($"hosts: [reviews]\nhttp: [{{route: [{{destination: {{host: reviews, subset: {subset}}}}}]}}]"),
        "", expected);

    [Theory]
    [InlineData("prod", "the rule holds for callers in prod only")]
    [InlineData("istio-system", null)]
    [InlineData("default", null)]
    public void Analyze_DestinationRuleOfAnotherNamespace_IsTold(string space, string? expected) => Said($$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews, namespace: {{space}}}
        spec:
          host: reviews.default.svc.cluster.local
          trafficPolicy: {loadBalancer: {simple: RANDOM} }
        """, "metadata.namespace: ", expected);

    [Theory]
    [InlineData("exportTo: [\".\"]\ngateways: [front]", "the pods of Gateway front run in istio-system")]
    [InlineData("exportTo: [istio-system]\ngateways: [front]", null)]
    [InlineData("exportTo: [prod]", "callers in default, its own namespace, do not see it; those in prod do")]
    [InlineData("exportTo: [\".\"]", null)]
    [InlineData("gateways: [front]", null)]
    public void Analyze_ExportToThatHides_IsTold(string fields, string? expected) => Said(
        Rules.Resource("Gateway", "front", """
            selector: {istio: ingressgateway}
            servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
            """) + "\n---\n" + Rules.VirtualService($"hosts: [reviews]\n{fields}\nhttp: [{{{To}}}]"), "spec.exportTo: ", expected);

    private static void Check(string http, string place, string? expected) =>
        Said(Rules.VirtualService($"hosts: [reviews]\nhttp: {http}"), $"spec.http{place}", expected);

    private static void Said(string yaml, string place, string? expected)
    {
        var reading = RuleReader.Read(new RuleSource("a.yaml", yaml));
        Assert.False(reading.HasErrors, Rules.Said(reading.Problems));
        var said = RuleAnalyzer.Analyze(reading.Rules, Known)
            .Where(problem => problem.Type != MessageTypes.NothingKnown && problem.Severity != Severity.Error).ToList();
        Assert.Equal(expected is null ? 0 : 1, said.Count);
        Assert.All(said, problem => Assert.Contains($"{place}{expected}", problem.ToString(), StringComparison.Ordinal));
    }
}
