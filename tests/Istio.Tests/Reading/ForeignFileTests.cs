using Bookinfo.Mesh.Istio;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>What repositories hold beside rules: charts, other controllers' resources, objects that stand for others.</summary>
public sealed class ForeignFileTests
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front}
        spec:
          gatewayClassName: CLASS
          listeners:
          - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}
          - {name: tcp, port: 9000, protocol: TCP}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: route}
        spec:
          parentRefs: [{name: front}]
          rules: [{filters: [{type: ExtensionRef, extensionRef: {group: a.b, kind: F, name: f}}]}]
        """;

    [Theory]
    [InlineData("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: {{ .Values.name }}\n"
        + "rules:\n- apiGroups: [networking.istio.io]\n  resources: [gateways]\n", "1 template")]
    [InlineData("{{- if .Values.on }}\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {policyTypes: [Ingress]}\n{{- end }}",
        "1 template")]
    [InlineData("a: [b", "1 text that is not YAML")]
    [InlineData("spec: {template: {metadata: {labels: {a: b}}}}", "1 text without a kind")]
    [InlineData("applySpecVersion: 1\nspec: {policyController: {enabled: true}}", "1 text without a kind")]
    public void Read_FileThatIsNoRuleAmongOthers_IsPassedOver(string text, string expected) => Assert.EndsWith(
        $"passed over: {expected}", Assert.Single(Read(text, Rules.Route("timeout: 1s")).Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{- if .Values.on }}\nkind: VirtualService\n{{- end }}\na: b")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: {{ .Values.kind }}\nmetadata: {name: a}")]
    public void Read_TemplateOfARuleAmongOthers_IsAnError(string text) => Assert.Equal(
        "MESH0003", Assert.Single(Read(text, Rules.Route("timeout: 1s")).Problems).Type.Code);

    [Fact]
    public void Read_TemplateWithSeveralDocuments_IsToldOnce() => Assert.Equal(
        "MESH0003", Assert.Single(Read("kind: Gateway\nname: {{ .a }}\n---\nkind: Gateway\nname: {{ .b }}\n").Problems).Type.Code);

    [Fact]
    public void Read_SpecOfARuleWithoutItsHead_IsAnError() => Assert.Contains("apiVersion is missing",
        Rules.Said(Read("spec: {hosts: [reviews], http: []}", Rules.Route("timeout: 1s")).Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_KindOfTheGatewayApiThatIsNotKnown_IsPassedOver() => Assert.Contains(
        "1 resource of the Gateway API is passed over: 1 ConformanceReport",
        Assert.Single(Read("apiVersion: gateway.networking.k8s.io/v1\nkind: ConformanceReport\nmetadata: {name: a}").Problems).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("hosts: [<your-host>]", "<your-host>")]
    [InlineData("hosts: [\"<*.domain>\"]", "<*.domain>")]
    public void Read_NameInAngleBrackets_IsAPlaceholder(string hosts, string found) => Assert.Contains(
        $"\"{found}\" stands for a value that something has to put in first",
        Rules.Said(Read(Rules.VirtualService($"{hosts}\nhttp: [{{route: [{{destination: {{host: reviews}}}}]}}]")).Problems),
        StringComparison.Ordinal);

    /// <summary>What another controller serves is not asked of the mesh.</summary>
    [Theory]
    [InlineData("envoy", 0)]
    [InlineData("istio", 4)]
    [InlineData("istio-waypoint", 4)]
    public void Read_GatewayOfAnotherController_MayUseWhatTheMeshDoesNotSupport(string name, int said) =>
        Assert.Equal(said, Read(Gateway.Replace("CLASS", name, StringComparison.Ordinal)).Problems.Count);

    [Fact]
    public void Read_ClassThatNamesIstiosController_IsIstios() => Assert.Equal(4, Read("""
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: ours}
        spec: {controllerName: istio.io/gateway-controller}
        ---

        """ + Gateway.Replace("CLASS", "ours", StringComparison.Ordinal)).Problems.Count);

    [Theory]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", true)]
    [InlineData("argoproj.io/v1alpha1", "Application", true)]
    [InlineData("argoproj.io/v1alpha1", "Rollout", false)]
    public void Read_ObjectThatStandsForOthers_MakesTheRestPartial(string version, string kind, bool expected) => Assert.Equal(
        expected, Read($"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}").Objects.IsPartial);

    private static RuleReading Read(params string[] texts) =>
        RuleReader.Read(texts.Select((text, i) => new RuleSource($"{i}.yaml", text)));
}
