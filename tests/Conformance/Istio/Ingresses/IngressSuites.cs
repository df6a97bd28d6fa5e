using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support.Conformance;

namespace Bookinfo.Tests.Conformance.Istio.Ingresses;

/// <summary>
/// Ingresses at the gateway. Istio's tests look at the VirtualServices that istiod makes; here each path has a Service of its own, and a
/// request shows which path took it. Where Istio's test has no pathType, which the API server asks for, it is ImplementationSpecific:
/// istiod treats both alike.
/// </summary>
internal static class IngressSuites
{
    private const string File = "pilot/pkg/config/kube/ingress/conversion_test.go";
    private const string Namespace = "ns";
    private const string OtherModes = "`ingressControllerMode` of the mesh configuration is DEFAULT here";

    private static readonly string[] Apps = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public static IReadOnlyList<Suite> All { get; } =
    [
        new(File, "TestGoldenConversion")
        {
            Rows = [Simple(), Overlay(), Tls("tls", ", secretName: myingress-cert"), Tls("tls-no-secret", "")],
        },
        new(File, "TestConversion") { Rows = [Joined()] },
        new(File, "TestIngressClass")
        {
            Rows =
            [
                Class("0 DEFAULT nginx", "nginx", null, isServed: false),
                Class("3 DEFAULT istio", "istio", null, isServed: true),
                Class("5 DEFAULT", null, null, isServed: true),
                Class("7 DEFAULT foo", null, ("foo", "foo"), isServed: false),
                Class("9 DEFAULT istio", null, ("istio", "istio.io/ingress-controller"), isServed: true),
                Class("11 DEFAULT", null, null, isServed: true),
            ],
            LeftOut =
            [
                new LeftOutCases(OtherModes, "1 STRICT nginx", "2 OFF istio", "4 STRICT istio", "6 STRICT", "8 STRICT foo",
                    "10 STRICT istio", "12 STRICT", "13 STRICT nginx istio", "14 STRICT istio foo", "15 -1"),
            ],
        },
        new(File, "TestNamedPortIngressConversion")
        {
            Rows =
            [
                new("TestNamedPortIngressConversion", Ingress("a", "host.com",
                    "path: /test/*, pathType: ImplementationSpecific, backend: {service: {name: one, port: {name: test-svc-port}}}"),
                    To("http://host.com/test/a", "one"), No("http://host.com/tests")),
            ],
        },
    ];

    public static Task<EchoMesh> StartAsync() => EchoMesh.StartAsync(
        Apps.Select(app => EchoApp.Of(app, @namespace: Namespace)),
        [.. Apps.Select(app => new MeshService(app, 8888, Namespace: Namespace) { PortName = "test-svc-port" })]);

    private static Case Simple()
    {
        const string Host = "foohost.bar.com";
        return new Case("simple",
            Ingress("foo", Host,
                Path("/path", "ImplementationSpecific", "one"), Path("/sub/path", "ImplementationSpecific", "two"),
                Path("/sub/path/", "ImplementationSpecific", "three"), Path("/regex1.*", "ImplementationSpecific", "four"),
                Path("/regex2*", "ImplementationSpecific", "five"), Path("/regex3/*", "ImplementationSpecific", "six"),
                Path("/sub/path", "Exact", "seven"), Path("/sub/path/", "Exact", "eight"),
                Path("/sub/path", "Prefix", "nine"), Path("/sub/path/", "Prefix", "ten")),

            // The prefix /sub/path/ is the longer one and takes /sub/path too (route.go: TranslateRouteMatch).
            To($"http://{Host}/sub/path/", "three"), To($"http://{Host}/sub/path/a", "ten"), To($"http://{Host}/sub/path", "ten"),
            To($"http://{Host}/regex2*", "five"), No($"http://{Host}/regex2"), To($"http://{Host}/regex1", "four"),
            To($"http://{Host}/regex1/a", "four"), No($"http://{Host}/regex1a"), To($"http://{Host}/regex3/a", "six"),
            To($"http://{Host}/path?a=b", "one"), No($"http://{Host}/path/a"), No("http://other.bar.com/path"));
    }

    private static Case Overlay() => new("overlay",
        Yaml.All(Ingress("foo", "foohost.bar.com", Path(null, "ImplementationSpecific", "one")),
            Ingress("foo2", "foohost.bar.com", Path("/second", "ImplementationSpecific", "two"))),
        To("http://foohost.bar.com/second", "two"), To("http://foohost.bar.com/second/a", "one"), To("http://foohost.bar.com/", "one"));

    /// <summary>What istiod serves on port 80 for every host in either case.</summary>
    private static Case Tls(string name, string secret) => new(name,
        Ingress("tls", "foo.org", Path("/*", "ImplementationSpecific", "one"))
            .Replace("spec:\n", $"spec:\n  tls: [{{hosts: [foo.org]{secret}}}]\n", StringComparison.Ordinal),
        To("http://foo.org/a", "one"), No("http://bar.org/a"));

    private static Case Joined() => new("TestConversion",
        Yaml.All(
            Ingress("mock1", "my.host.com", Path("/test", "ImplementationSpecific", "one"), Path("/test/foo", "Prefix", "two")),
            Ingress("mock1-2", "my2.host.com", Path("/test1.*", "ImplementationSpecific", "three")),
            Ingress("mock1-3", "my3.host.com", Path("/test/*", "ImplementationSpecific", "four")),
            Ingress("mock1-4", "my4.host.com", Path("/*", "ImplementationSpecific", "five")),
            Ingress("mock2", "my.host.com", Path("/test2", "ImplementationSpecific", "six"), Path("/test/foo/bar", "Prefix", "seven"),
                Path("/test/foo/bar", "Exact", "eight"))),
        To("http://my.host.com/test/foo/bar", "eight"), To("http://my.host.com/test/foo/bar/a", "seven"),
        To("http://my.host.com/test/foo/a", "two"), To("http://my.host.com/test2", "six"), To("http://my.host.com/test", "one"),
        To("http://my2.host.com/test1/a", "three"), To("http://my3.host.com/test/a", "four"), To("http://my4.host.com/a", "five"));

    private static Case Class(string name, string? annotation, (string Name, string Controller)? known, bool isServed)
    {
        var ingress = Ingress("test-ingress", "a.org", Path("/", "Prefix", "one"));
        if (annotation is not null)
        {
            ingress = ingress.Replace($"namespace: {Namespace}",
                $"namespace: {Namespace}\n  annotations: {{kubernetes.io/ingress.class: {annotation}}}", StringComparison.Ordinal);
        }

        var call = isServed ? To("http://a.org/", "one") : No("http://a.org/");
        return known is not var (className, controller) ? new Case(name, ingress, call)
            : new Case(name, Yaml.All(
                $"apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: {className}\nspec:\n  controller: {controller}",
                ingress.Replace("spec:\n", $"spec:\n  ingressClassName: {className}\n", StringComparison.Ordinal)), call);
    }

    private static string Ingress(string name, string host, params IEnumerable<string> paths) =>
        $"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: {name}\n  namespace: {Namespace}\nspec:\n"
        + $"  rules:\n  - host: {host}\n    http:\n      paths:\n"
        + string.Join('\n', paths.Select(path => $"      - {{{path}}}"));

    private static string Path(string? path, string type, string service) =>
        $"{(path is null ? "" : $"path: \"{path}\", ")}pathType: {type}, backend: {{service: {{name: {service}, port: {{number: 8888}}}}}}";

    private static Call To(string url, string app) => new() { From = EchoMesh.Gateway, Url = url, By = $"{app}-v1" };

    private static Call No(string url) => new() { From = EchoMesh.Gateway, Url = url, Status = 404, By = "" };
}
