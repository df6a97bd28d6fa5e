using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Ingresses;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>
/// What is refused here the API server refuses (<c>pkg/apis/networking/validation/validation.go</c> of kubernetes/kubernetes).
/// </summary>
public sealed class IngressReaderTests
{
    private const string Backend = "backend: {service: {name: reviews, port: {number: 9080}}}";

    private const string Everything =
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: everything
        spec:
          ingressClassName: istio
          defaultBackend:
            resource:
              apiGroup: storage.example.com
              kind: Bucket
              name: pictures
          tls:
          - hosts:
            - bookinfo.example.com
            secretName: certificate
          rules:
          - host: "*.example.com"
            http:
              paths:
              - path: /reviews
                pathType: Prefix
                backend:
                  service:
                    name: reviews
                    port:
                      name: http
              - path: "/details/*"
                pathType: ImplementationSpecific
                backend:
                  service:
                    name: details
                    port:
                      number: 9080
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata:
          name: istio
        spec:
          controller: istio.io/ingress-controller

        """;

    [Fact]
    public void Read_EveryField_IsWrittenAsItWasRead()
    {
        var reading = Rules.Read(Everything);
        Assert.Empty(reading.Problems);
        Assert.Equal(Everything, RuleWriter.Write(reading.Rules));
    }

    [Fact]
    public void Read_StatusAndWhatTheApiServerAdds_AreTaken()
    {
        var reading = Rules.Read(Everything.Replace("  name: everything", "  name: everything\n  uid: 1\n  generation: 2",
            StringComparison.Ordinal).Replace("---", "status:\n  loadBalancer: {}\n---", StringComparison.Ordinal));
        Assert.Empty(reading.Problems);
        Assert.Equal(2, reading.Rules.Ingresses.Count);
    }

    [Theory]
    [InlineData("networking.k8s.io/v1beta1", "networking.k8s.io/v1beta1 is not a version of Ingress (use networking.k8s.io/v1)")]
    [InlineData("extensions/v1beta1", "extensions/v1beta1 has no Ingress (write networking.k8s.io/v1)")]
    [InlineData("networking.k8s.oi/v1", "networking.k8s.oi/v1 has no Ingress (write networking.k8s.io/v1)")]
    public void Read_VersionThatIsNotServed_SaysWhichIs(string version, string expected) => Assert.Contains(expected,
        Rules.Said(Rules.Read(Rules.Ingress("rules: []").Replace("networking.k8s.io/v1", version, StringComparison.Ordinal)).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void Read_KindWithATypo_SaysWhichIsMeant() => Assert.Contains("did you mean Ingress?",
        Rules.Said(Rules.Read(Rules.Ingress("rules: []").Replace("kind: Ingress", "kind: Ingres", StringComparison.Ordinal)).Problems),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("networking.k8s.io/v1", "NetworkPolicy")]
    [InlineData("networking.internal.knative.dev/v1alpha1", "Ingress")]
    public void Read_OtherKindOrGroup_IsPassedOver(string version, string kind) => Assert.Contains($"passed over: 1 {kind}",
        Rules.Said(Rules.Read($"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{}}\n").Problems),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("tls: []", "Error 6:3: Ingress/a spec: an Ingress has rules or a defaultBackend")]
    [InlineData("defaultBackend: {}", "spec.defaultBackend: a backend names a service")]
    [InlineData("defaultBackend: {service: {name: a, port: {number: 80}}, resource: {kind: B, name: b}}",
        "spec.defaultBackend: a backend names a service or a resource, and not both (remove one of the two)")]
    [InlineData("ingressClassName: A_B\nrules: [{host: a.b}]", "spec.ingressClassName: \"A_B\" is not the name of an IngressClass")]
    [InlineData("rules: [{host: 10.0.0.1}]", "spec.rules[0].host: \"10.0.0.1\" is an address; a DNS name is wanted")]
    [InlineData("rules: [{host: a.*.b}]", "spec.rules[0].host: \"a.*.b\" is not a hostname")]
    [InlineData("rules: [{host: Example.com}]", "spec.rules[0].host: \"Example.com\" is not a hostname")]
    [InlineData("rules: [{http: {}}]", "spec.rules[0].http.paths: there is at least one path")]
    [InlineData("rules: [{http: {paths: []}}]", "spec.rules[0].http.paths: there is at least one path")]
    [InlineData("tls: [{hosts: ['*']}]\nrules: [{host: a.b}]", "spec.tls[0].hosts[0]: \"*\" is not a hostname")]
    public void Validate_SpecThatTheApiServerRefuses_SaysSo(string spec, string expected) => Refused(spec, expected);

    [Theory]
    [InlineData("path: /", "spec.rules[0].http.paths[0].pathType: a pathType is required")]
    [InlineData("path: a, pathType: Prefix", "paths[0].path: \"a\" is not an absolute path (write path: /a)")]
    [InlineData("pathType: Exact", "paths[0].path: a path is required (write path: /)")]
    [InlineData("path: .*, pathType: ImplementationSpecific", "paths[0].path: \".*\" is not an absolute path")]
    [InlineData("path: /a//b, pathType: Exact", "paths[0].path: a path must not have \"//\" in it")]
    [InlineData("path: /a/.., pathType: Prefix", "paths[0].path: a path must not have \"/..\" in it")]
    [InlineData("path: /a%2Fb, pathType: Prefix", "paths[0].path: a path must not have \"%2F\" in it")]
    [InlineData("path: /a, pathType: prefix", "paths[0].pathType")]
    public void Validate_PathThatTheApiServerRefuses_SaysSo(string path, string expected) =>
        Refused($"rules: [{{http: {{paths: [{{{path}, {Backend}}}]}}}}]", expected);

    [Theory]
    [InlineData("{name: a}", "backend.service.port: a port is required")]
    [InlineData("{name: a, port: {number: 80, name: http}}",
        "backend.service.port: a port is named by its number or its name, not by both")]
    [InlineData("{name: a, port: {number: 0}}", "backend.service.port.number: a port is out of range, 0 given")]
    [InlineData("{name: a, port: {name: '80'}}", "backend.service.port.name: \"80\" is not the name of a port")]
    [InlineData("{name: a.prod, port: {number: 80}}", "\"a.prod\" is not the name of a Service (write name: a; an Ingress routes to")]
    [InlineData("{port: {number: 80}}", "backend.service.name: a name is required")]
    public void Validate_BackendThatTheApiServerRefuses_SaysSo(string service, string expected) =>
        Refused($"rules: [{{http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {service}}}}}]}}}}]", expected);

    [Fact]
    public void Read_FieldsOfTheEarlierVersion_SaysWhatIsWrittenToday() => Refused(
        "rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {serviceName: reviews, servicePort: 80}}]}}]",
        "IngressBackend has no field \"serviceName\" (write service: {name: ..., port: {number: 80}})");

    [Fact]
    public void Validate_ClassTwice_SaysSo() => Assert.Contains(
        "the class is named here and by the annotation kubernetes.io/ingress.class (remove the annotation)",
        Rules.Said(Rules.Read(Rules.Ingress($"ingressClassName: istio\nrules: [{{host: a.b}}]").Replace("  name: a",
            "  name: a\n  annotations: {kubernetes.io/ingress.class: istio}", StringComparison.Ordinal)).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void Validate_AsteriskInAPrefix_SaysThatItIsAnOrdinaryCharacter() => Assert.Contains(
        "Note 6:34: Ingress/a spec.rules[0].http.paths[0].path: * is an ordinary character in a path of type Prefix",
        Rules.Said(Rules.Read(Rules.Ingress($"rules: [{{http: {{paths: [{{path: /a/*, pathType: Prefix, {Backend}}}]}}}}]")).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void Read_DefaultClass_IsKnownByItsAnnotation() => Assert.True(Assert.IsType<IngressClass>(Assert.Single(Rules.Read(
        "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: a\n  annotations:\n"
        + "    ingressclass.kubernetes.io/is-default-class: 'true'\nspec: {controller: a.b/c}\n").Rules.Ingresses)).IsDefault);

    private static void Refused(string spec, string expected)
    {
        var reading = Rules.Read(Rules.Ingress(spec));
        Assert.True(reading.HasErrors);
        Assert.Contains(expected, Rules.Said(reading.Problems), StringComparison.Ordinal);
    }
}
