using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>
/// Kinds, versions and Gateways. What is refused here the API server refuses: <c>config/crd/standard</c> of kubernetes-sigs/gateway-api.
/// </summary>
public sealed class GatewayApiReaderTests
{
    private const string Everything =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: own
        spec:
          controllerName: istio.io/gateway-controller
          description: ours
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: gateway
        spec:
          gatewayClassName: own
          listeners:
          - name: http
            hostname: "*.example.com"
            port: 80
            protocol: HTTP
            allowedRoutes:
              namespaces:
                from: Selector
                selector:
                  matchLabels:
                    stage: prod
                  matchExpressions:
                  - key: team
                    operator: In
                    values:
                    - a
                    - b
              kinds:
              - group: gateway.networking.k8s.io
                kind: HTTPRoute
          allowedListeners:
            namespaces:
              from: All
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata:
          name: more
        spec:
          parentRef:
            name: gateway
          listeners:
          - name: more
            port: 8080
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ReferenceGrant
        metadata:
          name: grant
          namespace: test
        spec:
          from:
          - group: gateway.networking.k8s.io
            kind: HTTPRoute
            namespace: prod
          to:
          - group: ""
            kind: Service
            name: reviews-v2

        """;

    [Fact]
    public void Read_EveryField_IsWrittenAsItWas()
    {
        var reading = RuleReader.Read(new RuleSource("api.yaml", Everything));

        Assert.Empty(reading.Problems);
        Assert.Equal(Everything, RuleWriter.Write(reading.Rules));
        Assert.Equal(reading.Rules, RuleReader.Read(new RuleSource("api.yaml", RuleWriter.Write(reading.Rules))).Rules);
    }

    [Theory]
    [InlineData("apiVersion: gateway.networking.k8s.io/v2\nkind: HTTPRoute", "1:13", "v2 is not a version of HTTPRoute")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRout", "2:7", "has no kind HTTPRout (did you mean HTTPRoute?)")]
    [InlineData("apiVersion: gateway.network.k8s.io/v1\nkind: HTTPRoute", "1:13", "(write gateway.networking.k8s.io/v1)")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: HTTPRoute", "2:7", "Istio has no kind HTTPRoute")]
    public void Read_WrongHead_IsRefusedWithTheRightOne(string head, string place, string message)
    {
        var problem = Assert.Single(Read($"{head}\nmetadata: {{name: a}}\nspec: {{}}").Problems);

        Assert.True(problem.IsRefusal);
        Assert.StartsWith($"api.yaml:{place}:", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KindThatIsNotForHttp_IsPassedOverWithANote()
    {
        var problem = Assert.Single(Read("apiVersion: gateway.networking.k8s.io/v1\nkind: TLSRoute\nmetadata: {name: a}").Problems);

        Assert.Equal(Severity.Note, problem.Severity);
        Assert.Contains("1 resource of the Gateway API is passed over: 1 TLSRoute", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TLS", "the mesh does not support TLS")]
    [InlineData("http", "is not a protocol that Istio has")]
    public void Read_ListenerOfAnotherProtocol_IsRefused(string protocol, string message)
    {
        var reading = Read($$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: a}
            spec: {gatewayClassName: istio, listeners: [{name: a, port: 443, protocol: {{protocol}}}]}
            """);

        Assert.Contains(message, Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ListenerWithTls_IsServedWithoutItAndANoteSaysSo()
    {
        var reading = Read(Listener("protocol: HTTPS, tls: {certificateRefs: [{name: shop, namespace: certificates}]}"));

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(Severity.Note, problem.Severity);
        Assert.StartsWith("the mesh serves this listener by HTTP", problem.Message, StringComparison.Ordinal);
        var written = RuleWriter.Write(reading.Rules);
        Assert.Contains("certificateRefs:", written, StringComparison.Ordinal);
        Assert.Equal(reading.Rules, Read(written).Rules);
    }

    [Theory]
    [InlineData("protocol: HTTPS", "tls: a listener of the protocol HTTPS needs a certificate")]
    [InlineData("protocol: HTTPS, tls: {mode: Terminate}", "tls: a listener of the protocol HTTPS needs a certificate")]
    [InlineData("protocol: HTTP, tls: {certificateRefs: [{name: a}]}", "tls: a listener of the protocol HTTP has no tls")]
    [InlineData("protocol: HTTPS, tls: {mode: Passthrough, certificateRefs: [{name: a}]}",
        "tls.mode: the mesh does not support Passthrough: the mesh routes only HTTP")]
    [InlineData("protocol: HTTPS, tls: {mode: Simple, certificateRefs: [{name: a}]}", "tls.mode: \"Simple\" is not a mode of TLS")]
    [InlineData("protocol: HTTPS, tls: {certificateRefs: [{name: a, kind: ConfigMap}]}",
        "tls.certificateRefs[0].kind: a certificate is in a Secret")]
    [InlineData("protocol: HTTPS, tls: {certificateRefs: [{name: a}, {name: b}, {name: c}]}",
        "tls.certificateRefs: Istio takes 2 certificates")]
    [InlineData("protocol: HTTPS, tls: {options: {a: b}, certificateRefs: [{name: a}]}",
        "tls.options: the mesh does not support this field")]
    public void Read_ListenerWithWrongTls_IsRefused(string fields, string message)
    {
        var problem = Assert.Single(Read(Listener(fields)).Problems, problem => problem.IsRefusal);

        Assert.StartsWith($"Gateway/a spec.listeners[0].{message}", $"{problem.Path}: {problem.Message}", StringComparison.Ordinal);
    }

    private static string Listener(string fields) => $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: a}
        spec: {gatewayClassName: istio, listeners: [{name: a, port: 443, {{fields}}}]}
        """;

    [Fact]
    public void Read_GatewayOfBothApisWithOneName_AreTwo()
    {
        var reading = Read("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: a}
            spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: a}
            spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
            """);

        Assert.Empty(reading.Problems);
        Assert.Single(reading.Rules.Gateways);
        Assert.Single(reading.Rules.GatewayApi);
    }

    [Fact]
    public void Matches_LabelSelector_AllOfItMustHold()
    {
        var selector = new LabelSelector
        {
            MatchLabels = new Dictionary<string, string> { ["a"] = "b" },
            MatchExpressions = [new LabelRequirement("c", "Exists", []), new LabelRequirement("d", "DoesNotExist", [])],
        };

        Assert.True(selector.Matches(new Dictionary<string, string> { ["a"] = "b", ["c"] = "" }));
        Assert.False(selector.Matches(new Dictionary<string, string> { ["a"] = "b" }));
        Assert.False(selector.Matches(new Dictionary<string, string> { ["a"] = "b", ["c"] = "", ["d"] = "" }));
    }

    private static RuleReading Read(string yaml) => RuleReader.Read(new RuleSource("api.yaml", yaml));
}
