using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Explaining;

/// <summary>What an explanation says of rules that are not used because others win, and where they stand.</summary>
public sealed class DroppedRulesTests
{
    [Fact]
    public async Task Explain_TwoVirtualServicesForAHost_TheLaterIsNotUsed()
    {
        var explanation = await ExplainAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: second}
            spec:
              hosts: [reviews]
              http: [{route: [{destination: {host: reviews}}]}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: first}
            spec:
              hosts: [reviews]
              http: [{route: [{destination: {host: reviews}}]}]
            """);

        Assert.Equal(
            new DroppedRule("VirtualService/second", "spec.hosts[0]",
                "VirtualService/first speaks for reviews.default.svc.cluster.local already", "test.yaml", 5),
            Assert.Single(explanation.Dropped));
        Assert.Equal(("VirtualService/first", 13), (explanation.Rules.Single().Rule, explanation.Rules.Single().Line));
        Assert.Contains("not used     VirtualService/second spec.hosts[0] (test.yaml:5)", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WildcardBesideTheHostItself_TheWildcardIsNotUsed()
    {
        var explanation = await ExplainAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: all}
            spec:
              hosts: ["*.default.svc.cluster.local"]
              http: [{route: [{destination: {host: reviews}}]}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http: [{route: [{destination: {host: reviews}}]}]
            """);

        Assert.Equal("a rule with a more specific host than *.default.svc.cluster.local speaks for reviews.default.svc.cluster.local",
            Assert.Single(explanation.Dropped).Reason);
    }

    [Fact]
    public async Task Explain_TwoDestinationRulesForAHost_PolicyAndSubsetOfTheLaterAreNotUsed()
    {
        var explanation = await ExplainAsync("""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: one}
            spec:
              host: reviews
              trafficPolicy: {loadBalancer: {simple: RANDOM}}
              subsets: [{name: v1, labels: {version: v1}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: two}
            spec:
              host: reviews
              trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}
              subsets:
              - {name: v2, labels: {version: v2}}
              - {name: v1, labels: {version: v2}}
            """);

        Assert.Equal(
            [
                new("DestinationRule/two", "spec.trafficPolicy",
                    "DestinationRule/one has a trafficPolicy for reviews.default.svc.cluster.local already", "test.yaml", 14),
                new("DestinationRule/two", "spec.subsets[1]",
                    "DestinationRule/one has a subset v1 of reviews.default.svc.cluster.local already", "test.yaml", 17),
            ],
            explanation.Dropped);
        Assert.Equal("RANDOM", explanation.Destinations.Single().LoadBalancer);
    }

    [Fact]
    public async Task Explain_DelegatesRules_EachAtItsOwnLineAndTheConflictingNotUsed()
    {
        var explanation = await ExplainAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: root}
            spec:
              hosts: [reviews]
              http:
              - match: [{uri: {prefix: /reviews}}]
                delegate: {name: leaf}
              - route: [{destination: {host: reviews}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: leaf}
            spec:
              http:
              - match: [{uri: {prefix: /elsewhere}}]
                route: [{destination: {host: reviews}}]
              - match:
                - {uri: {prefix: /reviews/b}}
                - {uri: {prefix: /reviews/a}}
                route: [{destination: {host: reviews}}]
            """);

        Assert.Equal(
            [
                ("VirtualService/leaf", "spec.http[1].match[0]", 19, RuleVerdict.PassedOver),
                ("VirtualService/leaf", "spec.http[1].match[1]", 20, RuleVerdict.Taken),
                ("VirtualService/root", "spec.http[1]", 9, RuleVerdict.NotReached),
            ],
            explanation.Rules.Select(rule => (rule.Rule, rule.Path, rule.Line, rule.Verdict)));
        Assert.Equal(
            new DroppedRule("VirtualService/leaf", "spec.http[0]",
                "its matches conflict with those of VirtualService/root spec.http[0], which delegates to it", "test.yaml", 16),
            Assert.Single(explanation.Dropped));
    }

    [Fact]
    public async Task Explain_RewrittenPath_SaysWhatTheDestinationSees()
    {
        var explanation = await ExplainAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - match: [{uri: {prefix: /reviews/}}]
                rewrite: {uri: /v2/}
                route: [{destination: {host: reviews}}]
            """);

        Assert.Equal("/v2/a?page=1", explanation.Path);
        Assert.Contains("the path is rewritten (the matched prefix to /v2/): /reviews/a?page=1 becomes /v2/a?page=1", explanation.Steps);
    }

    private static async Task<Explanation> ExplainAsync(string rules)
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(rules);
        return mesh.Server.Explain(
            new ExplainRequest("productpage-v1", "GET", new Uri("http://reviews:9080/reviews/a?page=1"), []));
    }
}
