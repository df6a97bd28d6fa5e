using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Tests.Analysis.Migration.Ingresses;

/// <summary>
/// TLS of Ingresses: a listener with the Secret's certificate, and requests without TLS led there (<c>TestAddDefaultSSLRedirect_…</c> of
/// ingress2gateway's <c>redirect_test.go</c>; <c>rootfs/etc/nginx/lua/lua_ingress.lua: redirect_to_https</c>).
/// </summary>
public sealed class IngressTlsTests
{
    private const string Tls = "tls: [{hosts: [example.com], secretName: secret}]";

    [Fact]
    public void Migrate_Tls_IsAListenerWithTheSecret()
    {
        var gateway = Assert.IsType<Gateway>(Of(Ingress("shop", "", "/")).Resources[0]);

        Assert.Equal(["http HTTP 80  ", "https HTTPS 443 example.com secret"], gateway.Listeners.Select(listener =>
            $"{listener.Name} {listener.Protocol} {listener.Port} {listener.Hostname} {listener.Tls?.CertificateRefs[0].Name}"));
    }

    [Fact]
    public void Migrate_TlsByDefault_LeadsRequestsWithoutTlsToIt()
    {
        // TestAddDefaultSSLRedirect_enabled
        Assert.Equal([":443 PathPrefix /a -> page", ":80 PathPrefix /a redirect 308 https:// ->"],
            RouteText.Of(Of(Ingress("shop", "", "/a"))));
    }

    [Fact]
    public void Migrate_SslRedirectOff_ServesBothPorts()
    {
        // TestAddDefaultSSLRedirect_disabledByAnnotation
        Assert.Equal(["PathPrefix /a -> page"], RouteText.Of(Of(Ingress("shop", "ssl-redirect=false", "/a"))));
    }

    [Fact]
    public void Migrate_SslRedirectOfSomePaths_LeadsThoseToTls()
    {
        // TestAddDefaultSSLRedirect_conflictingAnnotations
        Assert.Equal(
            [
                ":443 PathPrefix /a -> page", ":443 PathPrefix /b -> page",
                ":80 PathPrefix /a redirect 308 https:// ->", ":80 PathPrefix /b -> page",
            ],
            RouteText.Of(Of(Ingress("a", "ssl-redirect=true", "/a"), Ingress("b", "ssl-redirect=false", "/b"))));
    }

    [Fact]
    public void Migrate_SslRedirectOfACanary_IsLeftAside()
    {
        // TestAddDefaultSSLRedirect_canarySourceIgnored
        Assert.Equal(["PathPrefix /a -> page 80, page 20"], RouteText.Of(Of(
            Ingress("primary", "ssl-redirect=false", "/a"), Ingress("canary", "canary=true; canary-weight=20; ssl-redirect=true", "/a"))));
    }

    [Fact]
    public void Migrate_TlsInAnotherIngressOfTheHost_HoldsForTheHost()
    {
        // TestAddDefaultSSLRedirect_mixedTLSAndNoTLSRules
        Assert.Equal(
            [
                ":443 PathPrefix /a -> page", ":443 PathPrefix /b -> page",
                ":80 PathPrefix /a redirect 308 https:// ->", ":80 PathPrefix /b redirect 308 https:// ->",
            ],
            RouteText.Of(Of(Ingress("tls", "", "/a"), IngressText.Of("without", "", "example.com", "", [("/b", "Prefix", "page")]))));
    }

    [Fact]
    public void Migrate_TlsWithoutASecret_IsLost()
    {
        var result = Of(IngressText.Of("shop", "", "example.com", "tls: [{hosts: [example.com]}]", [("/a", "Prefix", "page")]));

        Assert.Equal(["PathPrefix /a -> page"], RouteText.Of(result));
        Assert.StartsWith("lost spec.tls: example.com is served without TLS", Assert.Single(result.Told()), StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_TlsWithoutHosts_HoldsForAllHosts()
    {
        var result = Of(IngressText.Of("shop", "", "example.com", "tls: [{secretName: secret}]", [("/a", "Prefix", "page")]));

        Assert.Equal([":443 PathPrefix /a -> page", ":80 PathPrefix /a redirect 308 https:// ->"], RouteText.Of(result));
    }

    private static string Ingress(string name, string annotations, string path) =>
        IngressText.Of(name, IngressText.Annotations(annotations), "example.com", Tls, [(path, "Prefix", "page")]);

    private static MigrationResult Of(params IReadOnlyList<string> ingresses)
    {
        var result = Migrated.Of(Cluster.Rules(IngressText.File(ingresses)));
        Assert.True(result.Proof.AreEquivalent,
            string.Join('\n', result.Proof.Differences.Select(difference => $"{difference.Example}: {string.Join(", ", difference.Changes)}")));
        return result;
    }
}
