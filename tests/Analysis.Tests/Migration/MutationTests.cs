using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Analysis.Migration;

/// <summary>The proof finds what a migration could get wrong: each of these mistakes is planted into one that is right.</summary>
public sealed class MutationTests
{
    private static readonly RuleSet Before = Cluster.Reviews("""
        - match:
          - {uri: {exact: /a}, headers: {end-user: {exact: jason}}}
          - {uri: {exact: /b}, queryParams: {page: {exact: '2'}}, method: {exact: POST}}
          timeout: 3s
          headers: {request: {set: {x: '1'}}}
          route:
          - destination: {host: reviews, subset: v2}
        - match: [{uri: {regex: '/c[0-9]'}}]
          rewrite: {authority: other.example}
          mirror: {host: reviews, subset: v2}
          route:
          - destination: {host: reviews, subset: v1}
        - match: [{uri: {regex: '/[a-z]1'}}]
          redirect: {uri: /elsewhere, derivePort: FROM_REQUEST_PORT}
        - match: [{uri: {regex: '/.*'}}]
          route:
          - {destination: {host: reviews, subset: v1}, weight: 90}
          - {destination: {host: reviews, subset: v2}, weight: 10}
        """);

    private static readonly HttpRoute Right = Assert.IsType<HttpRoute>(Assert.Single(Migrated.Of(Before).Resources));

    private static readonly Dictionary<string, Func<HttpRoute, HttpRoute>> Mutations = new()
    {
        ["no header match"] = route => Match(route, 0, match => match with { Headers = [] }),
        ["another header value"] = route => Match(route, 0, match => match with { Headers = [match.Headers[0] with { Value = "j" }] }),
        ["no method"] = route => Match(route, 1, match => match with { Method = null }),
        ["no query parameter"] = route => Match(route, 1, match => match with { QueryParams = [] }),
        ["another path"] = route => Match(route, 0, match => match with { Path = match.Path! with { Value = "/A" } }),
        ["prefix for exact"] = route => Match(route, 0, match => match with { Path = match.Path! with { Type = null } }),
        ["a match less"] = route => Rule(route, 0, rule => rule with { Matches = [rule.Matches[0]] }),
        ["a match without conditions"] = route => Rule(route, 0, rule => rule with { Matches = [] }),
        ["no timeout"] = route => Rule(route, 0, rule => rule with { Timeouts = null }),
        ["another timeout"] = route => Rule(route, 0, rule => rule with
        {
            Timeouts = new HttpRouteTimeouts { Request = TimeSpan.FromSeconds(30) },
        }),
        ["no filter"] = route => Rule(route, 0, rule => rule with { Filters = [] }),
        ["no mirror"] = route => Rule(route, 1, rule => rule with
        {
            Filters = [.. rule.Filters.Where(filter => filter.RequestMirror is null)],
        }),
        ["no new host"] = route => Rule(route, 1, rule => rule with
        {
            Filters = [.. rule.Filters.Where(filter => filter.UrlRewrite is null)],
        }),
        ["another status"] = route => Rule(route, 2, rule => rule with
        {
            Filters =
            [
                rule.Filters[0] with { RequestRedirect = rule.Filters[0].RequestRedirect! with { StatusCode = 302 } },
            ],
        }),
        ["rules in another order"] = route => route with { Rules = [route.Rules[0], route.Rules[2], route.Rules[1], route.Rules[3]] },
        ["a rule less"] = route => route with { Rules = [.. route.Rules.Take(3)] },
        ["another weight"] = route => Rule(route, 3, rule => rule with
        {
            BackendRefs = [rule.BackendRefs[0] with { Weight = 80 }, rule.BackendRefs[1] with { Weight = 20 }],
        }),
        ["another backend"] = route => Rule(route, 0, rule => rule with
        {
            BackendRefs = [rule.BackendRefs[0] with { Name = "reviews-v1" }],
        }),
        ["another host"] = route => route with { ParentRefs = [route.ParentRefs[0] with { Name = "page" }] },
        ["another port"] = route => route with { ParentRefs = [route.ParentRefs[0] with { Port = 9081 }] },
    };

    public static TheoryData<string> Names() => [.. Mutations.Keys];

    [Fact]
    public void Proof_WithoutAMistake_SaysEquivalent() => Assert.True(Compare(Right).AreEquivalent);

    [Theory]
    [MemberData(nameof(Names))]
    public void Proof_WithAMistake_FindsIt(string mutation)
    {
        var wrong = Mutations[mutation](Right);

        Assert.NotEqual(Right, wrong);
        Assert.NotEmpty(Compare(wrong).Differences);
    }

    private static RuleDifferences Compare(HttpRoute route) => RuleDiff.Compare(Migrated.ClusterWithServices, Before,
        Before with { VirtualServices = [], GatewayApi = [route] }, Migrated.Subsets);

    private static HttpRoute Rule(HttpRoute route, int index, Func<HttpRouteRule, HttpRouteRule> change) =>
        route with { Rules = [.. route.Rules.Select((rule, i) => i == index ? change(rule) : rule)] };

    private static HttpRoute Match(HttpRoute route, int index, Func<HttpRouteMatch, HttpRouteMatch> change) => Rule(route, 0,
        rule => rule with { Matches = [.. rule.Matches.Select((match, i) => i == index ? change(match) : match)] });
}
