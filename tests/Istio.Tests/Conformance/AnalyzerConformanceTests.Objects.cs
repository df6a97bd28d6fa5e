namespace Bookinfo.Tests.Istio.Conformance;

/// <content>Cases in which Services, pods, other kinds of Istio or what a cluster wrote into the status take part.</content>
public sealed partial class AnalyzerConformanceTests
{
    private const string ClaimRoute =
        "hosts: [foo.com], gateways: [gw], "
        + "http: [{match: [{headers: {'@request.auth.claims.foo': {exact: a}}}], directResponse: {status: 200}}]";

    public static TheoryData<string, string, string, string> ObjectCases => new()
    {
        { "gatewayCustomIngressGatewayBadPortWithoutTarget", "IST0101 IST0162",
            Gateway("gw", "selector: {my: gateway}", 8004, "a.example.com") + Pod("gw", "my: gateway")
                + Service("gw", "{port: 80, name: http2}", "my: gateway"), "Warning IST0162 Gateway/gw" },
        { "gatewayServiceMatchPod", "IST0101 IST0162",
            Gateway("one", "selector: {my: one}", 8001, "a.example.com") + Gateway("two", "selector: {my: one}", 8002, "b.example.com")
                + Pod("one", "my: one") + Pod("two", "my: two") + Service("one", "{port: 8001}", "my: one")
                + Service("two", "{port: 8002}", "my: two"), "Warning IST0162 Gateway/two" },
        { "conflicting gateways with multiple port declarations", "IST0145",
            Servers("alpha", 80, 443) + Servers("beta", 8080, 443), "Error IST0145 Gateway/alpha|Error IST0145 Gateway/beta" },
        { "conflicting gateways detect: no port", "IST0145",
            NoPort("alpha") + NoPort("beta"), "" },
        { "Analyze conflicting gateway with list type", "IST0145",
            "apiVersion: v1\nkind: List\nitems:\n" + Item(Servers("alpha", 80)) + Item(Servers("beta", 80)),
            "Error IST0145 Gateway/alpha|Error IST0145 Gateway/beta" },
        { "portNameNotFollowConvention", "IST0118 IST0150",
            Ports("my-namespace1", "my-service1", "{protocol: TCP, port: 8080}, {protocol: TCP, port: 8081}")
                + Ports("my-namespace2", "my-service2", "{name: foo, port: 8080}"),
            "Note IST0118 Service/my-namespace1/my-service1|Note IST0118 Service/my-namespace1/my-service1"
            + "|Note IST0118 Service/my-namespace2/my-service2" },
        { "namedPort", "IST0118 IST0150",
            Ports("a", "b", "{name: http, port: 1}, {name: grpc-x, port: 2}, {name: x, port: 3306}, {port: 4, protocol: UDP}")
                + Ports("a", "c", "{name: x, port: 1, appProtocol: http}, {name: x, port: 2, appProtocol: kubernetes.io/h2c}"), "" },
        { "unnamedPortInSystemNamespace", "IST0118 IST0150",
            Ports("kube-system", "a", "{port: 8080}") + Ports("kube-public", "b", "{port: 8080}")
                + Ports("istio-system", "c", "{name: foo, port: 8080}"), "" },
        { "ExternalNameServiceTypeInvalidPortName", "IST0118 IST0150",
            Ports("nginx-ns", "nginx", "{name: nginx, port: 443}", "ExternalName") + Ports("nginx-ns2", "nginx-svc2", "{port: 443}",
                "ExternalName") + Ports("nginx-ns3", "nginx-svc3", "{name: tcp, port: 443}", "ExternalName"),
            "Warning IST0150 Service/nginx-ns/nginx|Warning IST0150 Service/nginx-ns2/nginx-svc2"
            + "|Warning IST0150 Service/nginx-ns3/nginx-svc3" },
        { "ExternalNameServiceTypeValidPortName", "IST0118 IST0150",
            Ports("nginx-ns", "nginx", "{name: https-nginx, port: 443}", "ExternalName"), "" },
        { "virtualServiceKubernetesGateways", "IST0101 IST0132",
            OfGatewayApi("Gateway", "my-gateway",
                "spec: {gatewayClassName: istio, listeners: [{name: http, hostname: example.com, port: 80, protocol: HTTP}]}")
            + Route("default", "my-vs", "hosts: [example.com], gateways: [default/my-gateway], http: [{directResponse: {status: 200}}]")
            + Route("default", "my-vs-host-mismatch",
                "hosts: [wrong.example.com], gateways: [default/my-gateway], http: [{directResponse: {status: 200}}]"),
            "Warning IST0132 VirtualService/default/my-vs-host-mismatch" },
        { "virtualServiceJWTClaimRoute", "IST0149",
            Gateway("gw", "selector: {istio: ingressgateway}", 80, "foo.com").Replace("{name: gw}", "{name: gw, namespace: default}",
                StringComparison.Ordinal) + Route("default", "foo", ClaimRoute), "Error IST0149 VirtualService/default/foo" },
        { "virtualServiceJWTClaimRoute: with a RequestAuthentication", "IST0149",
            "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: jwt, namespace: istio-system}\n"
            + "spec: {selector: {matchLabels: {istio: ingressgateway}}}\n---\n"
            + Gateway("gw", "selector: {istio: ingressgateway}", 80, "foo.com") + Route("default", "foo", ClaimRoute), "" },
        { "host defined in virtualservice not found in the gateway with ns", "IST0132",
            Gateway("gw", "selector: {istio: ingressgateway}", 80, "other/a.example.com") + Route("default", "test",
                "hosts: [a.example.com], gateways: [gw], http: [{directResponse: {status: 200}}]"),
            "Warning IST0132 VirtualService/default/test" },
        { "host defined in virtualservice not found in the gateway(beta version)", "IST0132",
            (Gateway("gw", "selector: {istio: ingressgateway}", 80, "'*.example.com'") + Route("default", "test",
                "hosts: [example.org], gateways: [gw], http: [{directResponse: {status: 200}}]")).Replace(".io/v1\n", ".io/v1beta1\n",
                    StringComparison.Ordinal), "Warning IST0132 VirtualService/default/test" },
        { "ServiceEntry Addresses Required Uppercase Protocol", "IST0134", Entry("upper", "number: 80, name: http, protocol: TCP"),
            "Warning IST0134 ServiceEntry/default/upper" },
        { "ServiceEntry no conflict non-overlapping exportTo scopes", "IST0177",
            Exported("ns1", "HTTP") + Exported("ns2", "GRPC"), "" },
        { "DestinationRuleEmptyTopologyLabels", "IST0173 IST0174",
            Service("httpbin", "{port: 8000}", "app: httpbin") + Pod("httpbin-pod", "app: httpbin, version: v1") + Document(
                "DestinationRule", "default", "empty-topology-labels",
                "host: httpbin, subsets: [{name: empty-region, labels: {topology.kubernetes.io/region: ''}}, "
                + "{name: app-v1, labels: {version: v1}}]"), "Error IST0173 DestinationRule/default/empty-topology-labels" },
        { "Condition Analyzer", "IST0171",
            Status("v1", "Service", "svc", Condition("istio.io/WaypointBound") + ", " + Condition("argocd.argoproj.io/Synced"))
            + Status("security.istio.io/v1", "AuthorizationPolicy", "authz", Condition("ZtunnelAccepted"))
            + Status("security.istio.io/v1", "AuthorizationPolicy", "partly",
                "{type: WaypointAccepted, status: 'True', reason: PartiallyInvalid, message: m}")
            + OfGatewayApi("Gateway", "gateway", "spec: {gatewayClassName: istio, listeners: [{name: a, port: 80, protocol: HTTP}]}\n"
                + $"status: {{conditions: [{Condition("Programmed")}]}}")
            + OfGatewayApi("HTTPRoute", "httproute", $"spec: {{}}\nstatus: {{parents: [{{conditions: [{Condition("Accepted")}]}}]}}")
            + OfGatewayApi("GRPCRoute", "grpcroute", $"spec: {{}}\nstatus: {{parents: [{{conditions: [{Condition("ResolvedRefs")}]}}]}}"),
            "Warning IST0171 AuthorizationPolicy/default/authz|Warning IST0171 AuthorizationPolicy/default/partly"
            + "|Warning IST0171 GRPCRoute/default/grpcroute|Warning IST0171 Gateway/default/gateway"
            + "|Warning IST0171 HTTPRoute/default/httproute|Warning IST0171 Service/default/svc" },
    };

    [Theory]
    [MemberData(nameof(ObjectCases))]
    public void Analyze_CaseOfIstioWithObjects_HasItsMessages(string name, string codes, string yaml, string expected) =>
        Analyze_CaseOfIstio_HasItsMessages(name, codes, yaml, expected);

    private static string Servers(string name, params int[] ports) =>
        $"apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {name}}}\nspec: {{selector: {{istio: ingressgateway}}, "
        + $"servers: [{string.Join(", ", ports.Select(port =>
            $"{{port: {{number: {port}, name: http-{port}, protocol: HTTP}}, hosts: [foo.com]}}"))}]}}\n---\n";

    private static string NoPort(string name) =>
        $"apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {name}}}\n"
        + "spec: {selector: {istio: ingressgateway}, servers: [{hosts: [foo.com]}]}\n---\n";

    private static string Item(string document) =>
        $"- {string.Join("\n  ", document.Replace("\n---\n", "", StringComparison.Ordinal).Split('\n'))}\n";

    private static string Ports(string space, string name, string ports, string type = "ClusterIP") =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {space}}}\nspec: {{type: {type}, ports: [{ports}]}}\n---\n";

    private static string OfGatewayApi(string kind, string name, string rest) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}, namespace: default}}\n{rest}\n---\n";

    private static string Status(string version, string kind, string name, string conditions) =>
        $"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}, namespace: default}}\n"
        + $"status: {{conditions: [{conditions}]}}\n---\n";

    private static string Condition(string type) => $"{{type: {type}, status: 'False', reason: Because, message: m}}";

    private static string Exported(string space, string protocol) => Document("ServiceEntry", space, "se",
        $"hosts: [example.com], resolution: DNS, exportTo: [.], ports: [{{number: 8080, name: a, protocol: {protocol}}}]");
}
