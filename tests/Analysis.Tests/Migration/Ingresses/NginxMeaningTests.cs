using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Tests.Analysis.Migration.Ingresses;

/// <summary>
/// What ingress2gateway does not do, or does otherwise than ingress-nginx. The source of each row is named in kubernetes/ingress-nginx at
/// commit dbb11b92d.
/// </summary>
public sealed class NginxMeaningTests
{
    /// <summary>Source, annotations, path and its type, and the rules that are written.</summary>
    public static TheoryData<string, string, string, string[]> WithoutALoss() => new()
    {
        {
            "annotations/redirect/redirect.go: codes out of bounds", "temporal-redirect=https://a.example; temporal-redirect-code=308",
            "Prefix /", ["any redirect 302 https://a.example/ ->"]
        },
        {
            "annotations/redirect/redirect.go: temporal-redirect-code",
            "temporal-redirect=https://a.example; temporal-redirect-code=307", "Prefix /", ["any redirect 307 https://a.example/ ->"]
        },
        {
            "annotations/redirect/redirect.go: isValidURL", "permanent-redirect=ftp://a.example", "Prefix /", ["any -> page"]
        },
        {
            "nginx.tmpl: return Redirect.URL, with a variable", "permanent-redirect=https://a.example$request_uri", "Prefix /",
            ["any redirect 301 https://a.example ->"]
        },
        {
            "template.go: buildProxyPass, path equal to the target", "rewrite-target=/shop", "Prefix /shop", ["PathPrefix /shop -> page"]
        },
        { "examples/rewrite: the whole path", "rewrite-target=/$1", "ImplementationSpecific /(.*)", ["any -> page"] },
        {
            "lua_ingress.lua: redirect_to_https, without a certificate", "ssl-redirect=true", "Prefix /", ["any -> page"]
        },
        {
            "annotations/parser: strconv.ParseBool", "force-ssl-redirect=1", "Prefix /", ["any redirect 308 https:// ->"]
        },
        {
            "annotations/xforwardedprefix: x-forwarded-prefix", "rewrite-target=/one; x-forwarded-prefix=/shop", "Prefix /shop",
            ["RegularExpression (?i:/shop).* set X-Forwarded-Prefix=/shop rewrite /one -> page"]
        },
        {
            "annotations/cors/main.go: wildcards", "enable-cors=true; cors-allow-origin=https://*.foo.com, nonsense", "Prefix /",
            ["any cors https://*.foo.com, GET PUT POST DELETE PATCH OPTIONS, True, 1728000,  -> page"]
        },
    };

    /// <summary>Annotations, path, the rules that are written, and a path that differs.</summary>
    public static TheoryData<string, string, string[], string> WithALoss() => new()
    {
        { "/new/$2", "/shop(/|$)(.*)", ["Exact /shop rewrite /new/ -> page", "PathPrefix /shop rewrite /new* -> page"], "/SHOP" },
        { "/$1", "/shop/(.*)", ["PathPrefix /shop rewrite /* -> page"], "/shop" },
        { "/$1", "/shop/?(.*)", ["PathPrefix /shop rewrite /* -> page"], "/SHOP" },
    };

    [Theory]
    [MemberData(nameof(WithoutALoss))]
    public void Migrate_Annotation_MeansWhatItMeansToNginx(string source, string annotations, string path, string[] rules)
    {
        var (type, text) = path.Split(' ') is [var first, var second] ? (first, second) : throw new ArgumentException(source);
        var result = Of(annotations, (text, type, "page"));

        Assert.True(result.IsComplete, $"{source}: {string.Join('\n', result.Told())}");
        Assert.Equal(rules, RouteText.Of(result));
    }

    [Theory]
    [MemberData(nameof(WithALoss))]
    public void Migrate_RewriteByAnExpression_ReplacesThePrefixAndShowsTheLoss(string target, string path, string[] rules, string differs)
    {
        var result = Of($"rewrite-target={target}", (path, "ImplementationSpecific", "page"));

        Assert.Equal(rules, RouteText.Of(result));
        Assert.StartsWith("lost ", Assert.Single(result.Told()), StringComparison.Ordinal);
        Assert.Empty(result.Proof.Undecided);
        Assert.NotEmpty(result.Proof.Differences);
        Assert.All(result.Proof.Differences,
            difference => Assert.StartsWith(differs, difference.Example.Path, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("canary-by-cookie=beta",
        "PathPrefix / cookie~(.*;[ ]*)?beta=always([ ]*;.*)? -> reviews|PathPrefix / cookie~(.*;[ ]*)?beta=never([ ]*;.*)? -> page|any -> page")]
    [InlineData("canary-by-header=x-v; canary-by-header-pattern=^v[0-9]$", "PathPrefix / x-v~v[0-9] -> reviews|any -> page")]
    [InlineData("canary-by-header=x-v; canary-by-header-pattern=a|b", "PathPrefix / x-v~.*(?:a|b).* -> reviews|any -> page")]
    [InlineData("canary-weight=20; canary-weight-total=50", "any -> page 80, reviews 20")]
    public void Migrate_Canary_IsChosenAsByNginx(string annotations, string rules)
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.File(IngressText.Of("shop", "", [("/", "Prefix", "page")]),
            IngressText.Of("canary", IngressText.Annotations($"canary=true; {annotations}"), [("/", "Prefix", "reviews")]))));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(rules, string.Join('|', RouteText.Of(result)));
    }

    [Fact]
    public void Migrate_CanaryWithoutAnIngressBesideIt_IsLeftAside()
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.File(IngressText.Of("shop", "", [("/", "Prefix", "page")]),
            IngressText.Of("canary", IngressText.Annotations("canary=true; canary-weight=20"), [("/api", "Prefix", "reviews")]))));

        Assert.Equal(["any -> page"], RouteText.Of(result));
        Assert.Contains(result.Findings, finding => finding.Message.StartsWith("no other Ingress has this path", StringComparison.Ordinal));
    }

    [Fact]
    public void Migrate_DefaultBackend_TakesWhatNoPathTakes()
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.Of("shop", "", "shop.example",
            "defaultBackend: {service: {name: reviews, port: {number: 9080}}}", [("/api", "Prefix", "page")])));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(["PathPrefix /api -> page", "any -> reviews"], RouteText.Of(result));
    }

    [Fact]
    public void Migrate_IngressWithoutRules_TakesAllOtherHosts()
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.File(IngressText.Of("shop", "", [("/", "Prefix", "page")]), """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: rest, annotations: {nginx.ingress.kubernetes.io/app-root: /home}}
            spec: {ingressClassName: nginx, defaultBackend: {service: {name: reviews, port: {number: 9080}}}}
            """)));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(["any -> reviews", "any -> page"], RouteText.Of(result).Order().Reverse());
        Assert.Contains(result.Resources, resource => resource is HttpRoute { Name: "rest", Hostnames.Count: 0 });
    }

    [Theory]
    [InlineData("shop.example", "www.shop.example")]
    [InlineData("www.shop.example", "shop.example")]
    public void Migrate_FromToWww_LeadsTheOtherName(string host, string other)
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.Of("shop", IngressText.Annotations("from-to-www-redirect=true"), host, "",
            [("/", "Prefix", "page")])));

        Assert.All(result.Told(), told => Assert.StartsWith("note ", told, StringComparison.Ordinal));
        Assert.True(result.Proof.AreEquivalent);
        var route = Assert.Single(result.Resources.OfType<HttpRoute>(), route => route.Hostnames.Contains(other));
        Assert.Equal(host, Assert.Single(route.Rules).Filters[0].RequestRedirect!.Hostname);
    }

    [Fact]
    public void Migrate_AliasWithAnIngressOfItsOwn_IsLeftAside()
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.File(
            IngressText.Of("a", IngressText.Annotations("server-alias=b.example, c.example"), "a.example", "", [("/", "Prefix", "page")]),
            IngressText.Of("b", "", "b.example", "", [("/", "Prefix", "reviews")]))));

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(["a.example c.example", "b.example"],
            result.Resources.OfType<HttpRoute>().Select(route => string.Join(' ', route.Hostnames)));
    }

    [Fact]
    public void Migrate_SslPassthrough_IsRefused()
    {
        var result = Of("ssl-passthrough=true", ("/", "Prefix", "page"));

        Assert.Empty(result.Resources);
        Assert.StartsWith("refused ", Assert.Single(result.Told()), StringComparison.Ordinal);
    }

    private static MigrationResult Of(string annotations, params IReadOnlyList<(string Path, string Type, string Service)> paths) =>
        Migrated.Of(Cluster.Rules(IngressText.Of("shop", IngressText.Annotations(annotations), [.. paths])));
}
