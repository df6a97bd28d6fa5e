using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Ingresses;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Analysis.Migration.Ingresses;

/// <summary>
/// The proof finds what the migration of an Ingress could get wrong: each of these mistakes is planted into one that is right.
/// </summary>
public sealed class IngressMutationTests
{
    private static readonly RuleSet Rules = Cluster.Rules(IngressText.File(
        IngressText.Of("main", IngressText.Annotations(
            "enable-cors=true; cors-allow-origin=https://a.example; app-root=/home; from-to-www-redirect=true; server-alias=b.example; "
            + "proxy-read-timeout=30; upstream-vhost=inside.example"),
            "a.example", "tls: [{hosts: [a.example, b.example], secretName: secret}]",
            [("/files/", "Prefix", "page"), ("/api", "Exact", "page")]),
        IngressText.Of("canary", IngressText.Annotations("canary=true; canary-weight=20; canary-by-cookie=beta; canary-by-header=x-canary"),
            "a.example", "", [("/files/", "Prefix", "reviews")]),
        IngressText.Of("moved", IngressText.Annotations("permanent-redirect=https://c.example/new"), "moved.example", "",
            [("/", "Prefix", "page")])));

    private static readonly IReadOnlyList<GatewayApiResource> Right = Migrated.Of(Rules).Resources;

    private static readonly Dictionary<string, Func<HttpRoute, HttpRoute>> Mutations = new()
    {
        ["no CORS"] = route => Filters(route, filter => filter.Cors is null),
        ["another origin"] = route => Filter(route, filter => filter.Cors is null ? filter : filter with
        {
            Cors = filter.Cors with { AllowOrigins = ["https://b.example"] },
        }),
        ["no redirect"] = route => Filters(route, filter => filter.RequestRedirect is null),
        ["another status"] = route => Filter(route, filter => filter.RequestRedirect is null ? filter : filter with
        {
            RequestRedirect = filter.RequestRedirect with { StatusCode = 307 },
        }),
        ["another scheme"] = route => Filter(route, filter => filter.RequestRedirect?.Scheme is null ? filter : filter with
        {
            RequestRedirect = filter.RequestRedirect with { Scheme = "http" },
        }),
        ["no new host"] = route => Filters(route, filter => filter.UrlRewrite is null),
        ["no timeout"] = route => Each(route, rule => rule with { Timeouts = null }),
        ["another weight"] = route => Each(route, rule => rule.BackendRefs.Count < 2 ? rule : rule with
        {
            BackendRefs = [rule.BackendRefs[0] with { Weight = 79 }, rule.BackendRefs[1] with { Weight = 21 }],
        }),
        ["no cookie"] = route => route with
        {
            Rules = [.. route.Rules.Where(rule => !rule.Matches.Any(match => match.Headers.Any(header => header.Name == "cookie")))],
        },
        ["no header"] = route => route with
        {
            Rules = [.. route.Rules.Where(rule => !rule.Matches.Any(match => match.Headers.Any(header => header.Name == "x-canary")))],
        },
        ["no alias"] = route => route with { Hostnames = [.. route.Hostnames.Except(["b.example"])] },
        ["another host"] = route => route with
        {
            Hostnames = [.. route.Hostnames.Select(host => host.Replace("www", "web", StringComparison.Ordinal))],
        },
        ["ports in each other's place"] = route => route with
        {
            ParentRefs = [.. route.ParentRefs.Select(parent => parent with { Port = parent.Port is null ? null : 523 - parent.Port })],
        },
        ["a prefix for the exact path"] = route => Each(route, rule => rule with
        {
            Matches = [.. rule.Matches.Select(match => match.Path is not { Type: PathMatchType.Exact, Value: "/api" } ? match : match with
            {
                Path = match.Path with { Type = null },
            })],
        }),
    };

    public static TheoryData<string> Names() => [.. Mutations.Keys];

    [Fact]
    public void Proof_WithoutAMistake_SaysEquivalent() => Assert.True(Compare(Right).AreEquivalent);

    [Theory]
    [MemberData(nameof(Names))]
    public void Proof_WithAMistake_FindsIt(string mutation)
    {
        List<GatewayApiResource> wrong = [.. Right.Select(resource => resource is HttpRoute route ? Mutations[mutation](route) : resource)];

        Assert.NotEqual(Right, wrong);
        Assert.NotEmpty(Compare(wrong).Differences);
    }

    [Fact]
    public void Proof_WithoutTheListenerOfTls_FindsIt()
    {
        List<GatewayApiResource> wrong = [.. Right.Select(resource => resource is Gateway gateway
            ? gateway with { Listeners = [gateway.Listeners[0]] } : resource)];

        Assert.NotEmpty(Compare(wrong).Differences);
    }

    private static RuleDifferences Compare(IReadOnlyList<GatewayApiResource> resources)
    {
        var nginx = NginxIngresses.Read(Rules.Ingresses.OfType<Ingress>(), Cluster.Options, GatewayApiChannel.Standard, new FindingList());
        return RuleDiff.Compare(Cluster.Options, RuleSet.Empty with { VirtualServices = nginx.Before, Gateways = nginx.Gateways },
            RuleSet.Empty with { GatewayApi = resources });
    }

    private static HttpRoute Each(HttpRoute route, Func<HttpRouteRule, HttpRouteRule> change) =>
        route with { Rules = [.. route.Rules.Select(change)] };

    private static HttpRoute Filters(HttpRoute route, Func<RouteFilter, bool> keep) =>
        Each(route, rule => rule with { Filters = [.. rule.Filters.Where(keep)] });

    private static HttpRoute Filter(HttpRoute route, Func<RouteFilter, RouteFilter> change) =>
        Each(route, rule => rule with { Filters = [.. rule.Filters.Select(change)] });
}
