using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>
/// HTTPRoutes and GRPCRoutes. What is refused here the API server refuses: <c>config/crd</c> of kubernetes-sigs/gateway-api.
/// </summary>
public sealed class RouteReaderTests
{
    private const string Everything =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: route
          namespace: prod
        spec:
          parentRefs:
          - group: ""
            kind: Service
            name: reviews
            port: 9080
          - namespace: default
            name: gateway
            sectionName: http
          hostnames:
          - a.example.com
          rules:
          - name: first
            matches:
            - path:
                type: PathPrefix
                value: /a
              method: GET
              headers:
              - name: end-user
                value: jason
              queryParams:
              - type: RegularExpression
                name: page
                value: a.b
            filters:
            - type: RequestHeaderModifier
              requestHeaderModifier:
                set:
                - name: a
                  value: b
                add:
                - name: c
                  value: d
                remove:
                - e
            - type: ResponseHeaderModifier
              responseHeaderModifier:
                remove:
                - f
            - type: URLRewrite
              urlRewrite:
                hostname: other.example.com
                path:
                  type: ReplacePrefixMatch
                  replacePrefixMatch: /b
            - type: RequestMirror
              requestMirror:
                backendRef:
                  name: reviews-v2
                  port: 9080
                fraction:
                  numerator: 1
                  denominator: 3
            - type: CORS
              cors:
                allowOrigins:
                - "https://example.com"
                allowCredentials: true
                allowMethods:
                - GET
                allowHeaders:
                - x
                exposeHeaders:
                - z
                maxAge: 60
            timeouts:
              request: 3s
              backendRequest: 1s
            backendRefs:
            - name: reviews-v1
              port: 9080
              weight: 9
              filters:
              - type: ResponseHeaderModifier
                responseHeaderModifier:
                  add:
                  - name: g
                    value: h
            - namespace: test
              name: reviews-v2
              port: 9080
              weight: 1
          - matches:
            - path:
                type: Exact
                value: /old
            filters:
            - type: RequestRedirect
              requestRedirect:
                scheme: https
                hostname: new.example.com
                path:
                  type: ReplaceFullPath
                  replaceFullPath: /new
                port: 8443
                statusCode: 301
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata:
          name: ratings
        spec:
          parentRefs:
          - name: gateway
          rules:
          - matches:
            - method:
                type: Exact
                service: bookinfo.Ratings
                method: Get
              headers:
              - type: Exact
                name: a
                value: b
            filters:
            - type: RequestMirror
              requestMirror:
                backendRef:
                  name: ratings-v2
                  port: 9080
                percent: 10
            backendRefs:
            - name: ratings
              port: 9080

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
    [InlineData("HTTPRoute", "v1beta1")]
    [InlineData("HTTPRoute", "v1alpha2")]
    [InlineData("GRPCRoute", "v1alpha2")]
    public void Read_EarlierVersion_IsRead(string kind, string version)
    {
        var reading = Read($"apiVersion: gateway.networking.k8s.io/{version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{}}");

        Assert.Empty(reading.Problems);
        Assert.Single(reading.Rules.GatewayApi);
    }

    [Theory]
    [InlineData("rules: [{backendRefs: [{name: reviews}]}]", "backendRefs[0].port", "a Service is named with its port")]
    [InlineData("rules: [{backendRefs: [{name: reviews.prod, port: 80}]}]", "backendRefs[0].name", "the name of the Service is wanted")]
    [InlineData("rules: [{backendRefs: [{name: a, port: 80, weight: 1000001}]}]", "backendRefs[0].weight", "out of range")]
    [InlineData("rules: [{matches: [{path: {value: a}}]}]", "matches[0].path.value", "does not start with a slash")]
    [InlineData("rules: [{matches: [{path: {value: /a//b}}]}]", "matches[0].path.value", "cannot have //")]
    [InlineData("rules: [{matches: [{path: {type: RegularExpression, value: \"(\"}}]}]", "matches[0].path.value", "not an RE2 expression")]
    [InlineData("rules: [{matches: [{path: {type: Prefix, value: /}}]}]", "matches[0].path.type", "use Exact, PathPrefix or RegularExpr")]
    [InlineData("rules: [{matches: [{method: get}]}]", "matches[0].method", "is not a method")]
    [InlineData("rules: [{filters: [{type: URLRewrite}]}]", "filters[0].urlRewrite", "a filter of type URLRewrite has urlRewrite")]
    [InlineData("rules: [{filters: [{type: CORS, cors: {}, urlRewrite: {}}]}]", "filters[0].urlRewrite", "type CORS has no urlRewrite")]
    [InlineData("rules: [{filters: [{type: ExtensionRef}]}]", "filters[0].type", "the mesh does not support ExtensionRef")]
    [InlineData("rules: [{timeouts: {request: 1s, backendRequest: 2s}}]", "timeouts.backendRequest", "cannot take longer")]
    [InlineData("rules: [{timeouts: {request: 1}}]", "timeouts.request", "a duration needs a unit")]
    [InlineData("hostnames: [Example.com]", "hostnames[0]", "is not a hostname")]
    [InlineData("parentRefs: [{name: a}, {name: a}]", "parentRefs[1]", "is there twice")]
    [InlineData("parentRef: [{name: a}]", "spec.parentRef", "did you mean parentRefs?")]
    public void Read_WrongValue_IsRefusedWhereItStands(string spec, string path, string message)
    {
        var reading = Read($"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: a}}\nspec:\n  {spec}");

        var problem = Assert.Single(reading.Problems);
        Assert.True(problem.IsRefusal);
        Assert.Equal(5, problem.Line);
        Assert.EndsWith(path, problem.Path, StringComparison.Ordinal);
        Assert.Contains(message, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retry: {attempts: 3}", "rules[0].retry")]
    [InlineData("sessionPersistence: {}", "rules[0].sessionPersistence")]
    public void Read_FieldOfTheExperimentalChannel_IsRefusedUntilItIsAskedFor(string field, string path)
    {
        var text = Rules.OfGatewayApi("HTTPRoute", $"rules: [{{{field}}}]");

        var problem = Assert.Single(Read(text).Problems);
        Assert.EndsWith(path, problem.Path, StringComparison.Ordinal);
        Assert.EndsWith("which has to be asked for (--gateway-api experimental applies it)", problem.ToString().Split(" [")[0],
            StringComparison.Ordinal);
        Assert.Empty(ReadExperimental(text).Problems);
    }

    [Theory]
    [InlineData("retry: {attempts: 0}", "retry.attempts", "a number of retries is out of range")]
    [InlineData("retry: {codes: [200]}", "retry.codes[0]", "use 400 to 599")]
    [InlineData("retry: {backoff: 0s}", "retry.backoff", "a duration is at least 1ms")]
    [InlineData("sessionPersistence: {sessionName: 'a b'}", "sessionPersistence.sessionName", "is not a name of a cookie or header")]
    [InlineData("sessionPersistence: {absoluteTimeout: 0s}", "sessionPersistence.absoluteTimeout", "a duration is at least 1ms")]
    [InlineData("sessionPersistence: {type: Query}", "sessionPersistence.type", "use Cookie or Header")]
    [InlineData("sessionPersistence: {cookieConfig: {lifetimeType: Permanent}}", "cookieConfig.lifetimeType",
        "a permanent cookie needs an end")]
    [InlineData("sessionPersistence: {type: Header, cookieConfig: {lifetimeType: Session}}", "sessionPersistence.cookieConfig",
        "has no cookie")]
    public void Read_WrongValueOfTheExperimentalChannel_IsRefusedWhereItStands(string field, string path, string message)
    {
        var problem = Assert.Single(ReadExperimental(Rules.OfGatewayApi("HTTPRoute", $"rules: [{{{field}}}]")).Problems);

        Assert.True(problem.IsRefusal);
        Assert.EndsWith(path, problem.Path, StringComparison.Ordinal);
        Assert.Contains(message, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SessionsOfGrpc_AreRead() => Assert.Empty(ReadExperimental(Rules.OfGatewayApi("GRPCRoute",
        "rules: [{sessionPersistence: {sessionName: s, type: Header, absoluteTimeout: 1h}}]")).Problems);

    [Fact]
    public void Read_ListOfRoutes_IsRead()
    {
        var reading = Read("apiVersion: v1\nkind: List\nitems:\n- apiVersion: gateway.networking.k8s.io/v1\n  kind: HTTPRoute\n"
            + "  metadata: {name: a}\n  spec: {}");

        Assert.IsType<HttpRoute>(Assert.Single(reading.Rules.GatewayApi));
    }

    private static RuleReading Read(string yaml) => RuleReader.Read(new RuleSource("api.yaml", yaml));

    private static RuleReading ReadExperimental(string yaml) =>
        RuleReader.Read("default", [new RuleSource("api.yaml", yaml)], GatewayApiChannel.Experimental);
}
