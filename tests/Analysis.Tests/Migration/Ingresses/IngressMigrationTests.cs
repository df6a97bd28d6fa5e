using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Istio.GatewayApi;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Analysis.Migration.Ingresses;

/// <summary>Ingresses as ingress-nginx serves them.</summary>
public sealed class IngressMigrationTests
{
    [Fact]
    public void Migrate_PathsOfAHost_AreRulesForTheHost()
    {
        var result = Of("", ("/", "Prefix", "page"), ("/api", "Prefix", "reviews"), ("/api/status", "Exact", "page"));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(["Gateway/nginx", "HTTPRoute/shop"], result.Resources.Select(resource => resource.Subject));
        var route = Route(result);
        Assert.Equal(["shop.example"], route.Hostnames);
        Assert.Equal(["Exact /api/status", "PathPrefix /api", ""], route.Rules.Select(Text));
    }

    [Fact]
    public void Migrate_PathOfTheImplementation_IsAPrefixOfTheText()
    {
        var result = Of("", ("/api", "ImplementationSpecific", "reviews"));

        Assert.True(result.IsComplete);
        Assert.Equal(["RegularExpression /api.*"], Route(result).Rules.Select(Text));
    }

    [Fact]
    public void Migrate_UseRegex_HoldsForAllPathsOfTheHostWithoutCase()
    {
        var result = Of("nginx.ingress.kubernetes.io/use-regex: 'true'", ("/a[0-9]+", "ImplementationSpecific", "reviews"),
            ("/api", "Exact", "page"));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(["RegularExpression (?i:/a[0-9]+).*", "RegularExpression (?i:/api).*"], Route(result).Rules.Select(Text));
    }

    [Fact]
    public void Migrate_RewriteTargetWithTheRest_ReplacesThePrefix()
    {
        var result = Of("nginx.ingress.kubernetes.io/rewrite-target: /$2", ("/shop(/|$)(.*)", "ImplementationSpecific", "reviews"));

        var rule = Assert.Single(Route(result).Rules);
        Assert.Equal("PathPrefix /shop", Text(rule));
        Assert.Equal("/", rule.Filters[0].UrlRewrite!.Path!.ReplacePrefixMatch);

        // Only paths in other letters differ, and the report says so.
        Assert.Empty(result.Proof.Undecided);
        Assert.Equal("/SHOP", Assert.Single(result.Proof.Differences).Example.Path, ignoreCase: true);
        Assert.Single(result.Findings);
    }

    [Fact]
    public void Migrate_RewriteTargetOfOnePath_ReplacesThePath()
    {
        var result = Of("nginx.ingress.kubernetes.io/rewrite-target: /one", ("/shop", "Prefix", "reviews"));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal("/one", Assert.Single(Route(result).Rules).Filters[0].UrlRewrite!.Path!.ReplaceFullPath);
    }

    [Fact]
    public void Migrate_RewriteTargetByAnotherExpression_IsRefused()
    {
        var result = Of("nginx.ingress.kubernetes.io/rewrite-target: /x/$1", ("/shop/([0-9]+)", "ImplementationSpecific", "reviews"));

        Assert.Empty(result.Resources);
        Assert.StartsWith("refused metadata.annotations", Assert.Single(result.Told()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("permanent-redirect: https://new.example/home", "https new.example /home 301")]
    [InlineData("temporal-redirect: https://new.example/home", "https new.example /home 302")]
    [InlineData("force-ssl-redirect: 'true'", "https   308")]
    public void Migrate_Redirect_IsAFilter(string annotation, string expected)
    {
        var result = Of($"nginx.ingress.kubernetes.io/{annotation}", ("/", "Prefix", "page"));

        Assert.True(result.IsComplete, string.Join('\n', [.. result.Told(), .. result.Proof.Undecided.Select(each => each.Reason)]));
        var redirect = Assert.Single(Route(result).Rules).Filters[0].RequestRedirect!;
        Assert.Equal(expected, $"{redirect.Scheme} {redirect.Hostname} {redirect.Path?.ReplaceFullPath} {redirect.StatusCode}");
    }

    [Fact]
    public void Migrate_Canary_IsASplitAndAHeader()
    {
        var result = Migrated.Of(Cluster.Rules($"{IngressText.Of("shop", "", ("/", "Prefix", "page"))}\n---\n{IngressText.Of("canary", """
            nginx.ingress.kubernetes.io/canary: 'true', nginx.ingress.kubernetes.io/canary-weight: '20',
                nginx.ingress.kubernetes.io/canary-by-header: x-canary
            """, ("/", "Prefix", "reviews"))}"));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(["reviews ", "page ", "page 80, reviews 20"], Route(result).Rules.Select(rule =>
            string.Join(", ", rule.BackendRefs.Select(backend => $"{backend.Name} {backend.Weight}"))));
        Assert.Equal(["always", "never"], Route(result).Rules.SelectMany(rule => rule.Matches).SelectMany(match => match.Headers)
            .Select(header => header.Value));
    }

    [Fact]
    public void Migrate_BackendOfGrpc_IsAGrpcRoute()
    {
        var result = Of("nginx.ingress.kubernetes.io/backend-protocol: GRPC", ("/", "Prefix", "reviews"));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.IsType<GrpcRoute>(result.Resources[1]);
    }

    [Theory]
    [InlineData("whitelist-source-range: 10.0.0.0/8", "requests of all addresses are let in")]
    [InlineData("auth-url: 'https://auth.example'", "requests are no longer authenticated")]
    [InlineData("configuration-snippet: 'deny all;'", "the directives do nothing any more")]
    [InlineData("whatever: 'yes'", "the annotation has no counterpart, and does nothing any more")]
    public void Migrate_AnnotationWithoutCounterpart_IsListed(string annotation, string loss)
    {
        var result = Of($"nginx.ingress.kubernetes.io/{annotation}", ("/", "Prefix", "page"));

        Assert.False(result.IsComplete);
        Assert.Equal(loss, Assert.Single(result.Findings).Message);
    }

    [Theory]
    [InlineData("upstream-vhost: other.example")]
    [InlineData("app-root: /home")]
    [InlineData("server-alias: 'www.shop.example'")]
    [InlineData("proxy-read-timeout: '30'")]
    public void Migrate_AnnotationWithACounterpart_ComesOver(string annotation)
    {
        var result = Of($"nginx.ingress.kubernetes.io/{annotation}", ("/", "Prefix", "page"));

        Assert.Empty(result.Proof.Differences);
        Assert.All(result.Told(), told => Assert.StartsWith("note ", told, StringComparison.Ordinal));
    }

    private static MigrationResult Of(string annotation, params IReadOnlyList<(string Path, string Type, string Service)> paths) =>
        Migrated.Of(Cluster.Rules(IngressText.Of("shop", annotation, [.. paths])));

    private static HttpRoute Route(MigrationResult result) => Assert.IsType<HttpRoute>(result.Resources[1]);

    private static string Text(HttpRouteRule rule) =>
        string.Join(" or ", rule.Matches.Select(match => $"{match.Path?.Type ?? PathMatchType.PathPrefix} {match.Path?.Value ?? "/"}"));
}
