using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Tests.GatewayApi;

/// <summary>Expected values: <c>pilot/pkg/config/kube/gateway/conversion.go: buildTLS, buildListener</c> of istio/istio.</summary>
public sealed class ListenerCertificateTests
{
    private const string Grant = """

        ---
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: grant, namespace: certificates}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: default}]
          to: [{group: "", kind: Secret, name: NAME}]
        """;

    [Fact]
    public void Translate_CertificateOfItsOwnNamespace_ServesTheHost() => Serves(Listener("{name: shop}"), "");

    [Fact]
    public void Translate_CertificateThatAGrantAllows_ServesTheHost() =>
        Serves(Listener("{name: shop, namespace: certificates}"), Grant.Replace("NAME", "shop", StringComparison.Ordinal));

    [Fact]
    public void Translate_OneOfTwoCertificatesAllowed_ServesTheHost() =>
        Serves(Listener("{name: shop, namespace: certificates}, {name: other}"), "");

    [Theory]
    [InlineData("")]
    [InlineData(Grant)]
    public void Translate_CertificateThatNoGrantAllows_ServesNothing(string grant)
    {
        var translation = Translations.Of(Listener("{name: shop, namespace: certificates}") + grant);

        Assert.Empty(translation.Rules.Gateways);
        var listener = Assert.Single(translation.Statuses.Single(status => status.Resource is Gateway).Listeners);
        Assert.Equal(
            ["Accepted False NoValidCACertificate", "Conflicted False NoConflicts", "Programmed False Invalid",
                "ResolvedRefs False RefNotPermitted"],
            listener.Conditions.Select(condition => $"{condition.Type} {condition.Status} {condition.Reason}"));
        Assert.Equal("certificateRef shop/certificates not accessible to a Gateway in namespace \"default\" (missing a ReferenceGrant?)",
            listener.Conditions[^1].Message);
    }

    private static void Serves(string gateway, string grant)
    {
        var server = Assert.Single(Assert.Single(Translations.Of(gateway + grant).Rules.Gateways).Servers);

        Assert.Equal((443, "HTTPS"), (server.Port.Number, server.Port.Protocol));
    }

    private static string Listener(string certificates) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: gateway}
        spec:
          gatewayClassName: istio
          listeners:
          - {name: https, port: 443, protocol: HTTPS, hostname: shop.example, tls: {certificateRefs: [{{certificates}}] } }
        """;
}
