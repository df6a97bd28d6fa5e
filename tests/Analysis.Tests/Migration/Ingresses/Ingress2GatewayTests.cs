using Bookinfo.Mesh.Analysis.Migration;

namespace Bookinfo.Tests.Analysis.Migration.Ingresses;

/// <summary>
/// Cases of kubernetes-sigs/ingress2gateway at commit 89ab0cd, <c>pkg/i2gw/providers/ingressnginx</c>, with their values: file, test and
/// case are named in each row. Left out: what it only warns of, its own intermediate form of timeouts and body sizes, TLS of backends, and
/// of <c>TestBuildTrailingSlashRedirectRules</c> the cases in which a shorter prefix is there: nginx redirects then too
/// (<c>src/http/ngx_http_core_module.c: ngx_http_find_static_location</c>), and ingress2gateway does not.
/// </summary>
public sealed class Ingress2GatewayTests
{
    private const string Methods = "GET PUT POST DELETE PATCH OPTIONS";

    /// <summary>Case, annotations, path and its type, and the rules that are written.</summary>
    public static TheoryData<string, string, string, string[]> OfOneIngress() => new()
    {
        {
            "approot_test.go: app-root annotation adds redirect rule", "app-root=/app1", "Prefix /",
            ["Exact / redirect 302 :///app1 ->", "any -> page"]
        },
        { "approot_test.go: no app-root annotation leaves route unchanged", "", "Prefix /", ["any -> page"] },
        {
            "approot_test.go: app-root annotation with non-root path still adds redirect rule", "app-root=/app1", "Prefix /api",
            ["Exact / redirect 302 :///app1 ->", "PathPrefix /api -> page"]
        },
        { "approot_test.go: empty app-root annotation is ignored", "app-root=", "Prefix /", ["any -> page"] },
        {
            "approot_test.go: absolute URL app-root is ignored", "app-root=https://example.com/landing", "Prefix /", ["any -> page"]
        },
        {
            "approot_test.go: app-root annotation with Exact root path", "app-root=/app1", "Exact /",
            ["Exact / redirect 302 :///app1 ->"]
        },
        {
            "redirect_test.go: permanent-redirect annotation", "permanent-redirect=https://example.com/new-path", "Prefix /",
            ["any redirect 301 https://example.com/new-path ->"]
        },
        {
            "redirect_test.go: temporal-redirect annotation", "temporal-redirect=https://example.com/temporary", "Prefix /",
            ["any redirect 302 https://example.com/temporary ->"]
        },
        {
            "redirect_test.go: both annotations present should choose temporal",
            "permanent-redirect=https://example.com/permanent; temporal-redirect=https://example.com/temporal", "Prefix /",
            ["any redirect 302 https://example.com/temporal ->"]
        },
        { "redirect_test.go: no redirect annotations", "", "Prefix /", ["any -> page"] },
        { "redirect_test.go: Test_redirectFeature_emptyURL", "permanent-redirect=", "Prefix /", ["any -> page"] },
        {
            "redirect_test.go: TestBuildTrailingSlashRedirectRules, /foo/", "", "Prefix /foo/",
            ["Exact /foo redirect 301 :///foo/ ->", "PathPrefix /foo -> page"]
        },
        {
            "redirect_test.go: TestBuildTrailingSlashRedirectRules, exact", "", "Exact /foo/",
            ["Exact /foo redirect 301 :///foo/ ->", "Exact /foo/ -> page"]
        },
        { "redirect_test.go: TestBuildTrailingSlashRedirectRules, /foo", "", "Prefix /foo", ["PathPrefix /foo -> page"] },
        {
            "regex_test.go: Should map to RegularExpression when use-regex annotation is true", "use-regex=true",
            "ImplementationSpecific /users/.*/profile", ["RegularExpression (?i:/users/.*/profile).* -> page"]
        },
        { "regex_test.go: Should default to PathPrefix when use-regex is missing", "", "Prefix /api", ["PathPrefix /api -> page"] },
        {
            "headers_test.go: upstream-vhost header", "upstream-vhost=internal.example.com", "Prefix /",
            ["any rewrite internal.example.com -> page"]
        },
        {
            "cors_test.go: enable-cors defaults", "enable-cors=true", "Prefix /", [$"any cors *, {Methods}, True, 1728000,  -> page"]
        },
        {
            "cors_test.go: specific origin and expose headers",
            "enable-cors=true; cors-allow-origin=https://foo.com, https://bar.com; cors-expose-headers=X-Exposed-1, X-Exposed-2",
            "Prefix /", [$"any cors https://foo.com https://bar.com, {Methods}, True, 1728000, X-Exposed-1 X-Exposed-2 -> page"]
        },
        {
            "cors_test.go: explicit max age and false credentials",
            "enable-cors=true; cors-max-age=600; cors-allow-credentials=false", "Prefix /", [$"any cors *, {Methods}, , 600,  -> page"]
        },
        { "cors_test.go: cors disabled", "enable-cors=false", "Prefix /", ["any -> page"] },
        {
            "cors_test.go: invalid value defaults to nginx default", "enable-cors=true; cors-max-age=invalid", "Prefix /",
            [$"any cors *, {Methods}, True, 1728000,  -> page"]
        },
    };

    /// <summary>Case, the canary's annotations, and the rules that are written.</summary>
    public static TheoryData<string, string, string[]> OfCanaries() => new()
    {
        { "canary_test.go: actually get weights", "canary-weight=50; canary-weight-total=100", ["any -> page 50, reviews 50"] },
        { "canary_test.go: assigns default weight total", "canary-weight=50", ["any -> page 50, reviews 50"] },
        { "canary_test.go: weight set to 0", "canary-weight=0", ["any -> page"] },
        { "canary_test.go: weight set to 100", "canary-weight=100", ["any -> page 0, reviews 100"] },
        { "canary_test.go: custom weight total", "canary-weight=50; canary-weight-total=200", ["any -> page 150, reviews 50"] },
        { "canary_test.go: no weight annotation defaults to 0", "", ["any -> page"] },
        { "canary_test.go: invalid non-integer weight defaults to 0", "canary-weight=50.5", ["any -> page"] },
        {
            "canary_test.go: invalid non-integer weight total defaults to 100", "canary-weight=20; canary-weight-total=50.5",
            ["any -> page 80, reviews 20"]
        },
        { "canary_test.go: negative weight defaults to 0", "canary-weight=-10", ["any -> page"] },
        {
            "canary_test.go: zero weight total defaults to 100", "canary-weight=20; canary-weight-total=0", ["any -> page 80, reviews 20"]
        },
        {
            "canary_test.go: weight exceeding total is capped", "canary-weight=150; canary-weight-total=100",
            ["any -> page 0, reviews 100"]
        },
        {
            "canary_test.go: weight equal to total is valid", "canary-weight=200; canary-weight-total=200",
            ["any -> page 0, reviews 200"]
        },
        {
            "canary_test.go: parses canary-by-header", "canary-by-header=X-Canary",
            ["PathPrefix / x-canary=always -> reviews", "PathPrefix / x-canary=never -> page", "any -> page"]
        },
        {
            "canary_test.go: parses canary-by-header with header value", "canary-by-header=X-Canary; canary-by-header-value=canary-deploy",
            ["PathPrefix / x-canary=canary-deploy -> reviews", "any -> page"]
        },
        {
            "canary_test.go: parses both weight and header",
            "canary-by-header=X-Canary; canary-by-header-value=always; canary-weight=30",
            ["PathPrefix / x-canary=always -> reviews", "any -> page 70, reviews 30"]
        },
        { "canary_test.go: header value without header name is still parsed", "canary-by-header-value=test-value", ["any -> page"] },
        { "converter_test.go: canary deployment", "canary-weight=20", ["any -> page 80, reviews 20"] },
        {
            "converter_test.go: canary deployment total weight", "canary-weight=20; canary-weight-total=200",
            ["any -> page 180, reviews 20"]
        },
    };

    [Theory]
    [MemberData(nameof(OfOneIngress))]
    public void Migrate_CaseOfIngress2Gateway_WritesItsRules(string row, string annotations, string path, string[] rules)
    {
        var (type, text) = path.Split(' ') is [var first, var second] ? (first, second) : throw new ArgumentException(row);
        var result = Migrated.Of(Cluster.Rules(IngressText.Of("shop", IngressText.Annotations(annotations), [(text, type, "page")])));

        AreEquivalent(row, rules, result);
    }

    [Theory]
    [MemberData(nameof(OfCanaries))]
    public void Migrate_CanaryOfIngress2Gateway_WritesItsRules(string row, string annotations, string[] rules)
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.File(IngressText.Of("shop", "", [("/", "Prefix", "page")]),
            IngressText.Of("canary", IngressText.Annotations($"canary=true; {annotations}"), [("/", "Prefix", "reviews")]))));

        AreEquivalent(row, rules, result);
    }

    private static void AreEquivalent(string row, string[] rules, MigrationResult result)
    {
        Assert.True(result.IsComplete, $"{row}: {string.Join('\n', result.Told())}");
        Assert.Equal(rules, RouteText.Of(result));
    }
}
