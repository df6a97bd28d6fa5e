using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Tests.Conformance.Harness;
using static Bookinfo.Tests.Conformance.Bounds.Bounds;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>The ends of the numbers of Gateways, ServiceEntries, Ingresses and the Gateway API's kinds.</summary>
internal static class OtherFields
{
    private const GatewayApiChannel Experimental = GatewayApiChannel.Experimental;
    private const string Types = "apis/v1 of kubernetes-sigs/gateway-api";

    public static IReadOnlyList<BoundedField> All { get; } =
    [
        Port("Port.Number", """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: gateway}
            spec:
              servers: [{hosts: ["*"], port: {number: <value>, name: http, protocol: HTTP}}]
            """),
        Port("ServicePort.Number", Entry("ports: [{number: <value>, name: http, protocol: HTTP}]")),
        Port("ServicePort.TargetPort", Entry("ports: [{number: 80, targetPort: <value>, name: http, protocol: HTTP}]")),
        Port("WorkloadEntry.Ports", Entry("""
            ports: [{number: 80, name: http, protocol: HTTP}]
            endpoints: [{address: 127.0.0.1, ports: {http: <value>}}]
            """)),
        Port("Listener.Port", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: gateway}
            spec:
              gatewayClassName: istio
              listeners: [{name: http, protocol: HTTP, port: <value>}]
            """, Types),
        Port("IngressServiceBackend.PortNumber", """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: any}
            spec:
              ingressClassName: istio
              defaultBackend: {service: {name: c, port: {number: <value>}}}
            """, "pkg/apis/networking/validation/validation.go of kubernetes/kubernetes: validateIngressBackend"),
        Port("ParentReference.Port", HttpRoute("name: any", parentPort: "<value>"), Types),
        Port("BackendObjectReference.Port", HttpRoute("name: any", backend: "{name: c, port: <value>}"), Types) with
        {
            // Within the range, and not a port of c: a backend that does not exist is answered with 500.
            LeastAnswers = [500],
            MostAnswers = [500],
        },
        new("BackendRef.Weight", Types, HttpRoute("name: any", backend: "{name: c, port: 9080, weight: <value>}"),
            Least: "0", Most: "1000000", Below: "-1", Above: "1000001")
        {
            // A rule whose weights come to 0 has no backend (HTTPRouteRule.backendRefs).
            LeastAnswers = [500],
        },
        Percentage("RequestMirror.Percent", Mirror("percent: <value>"), Types),
        Count("Fraction.Numerator", Mirror("fraction: {numerator: <value>, denominator: 2147483647}"), Types),
        Count("Fraction.Denominator", Mirror("fraction: {numerator: 0, denominator: <value>}"), Types) with { Least = "1", Below = "0" },
        Port("RequestRedirect.Port", Redirect("port: <value>"), Types) with { LeastAnswers = [302], MostAnswers = [302] },
        Status("RequestRedirect.StatusCode", Redirect("statusCode: <value>"), Types, 301, 308),
        Count("CorsFilter.MaxAge",
            HttpRoute("filters: [{type: CORS, cors: {allowOrigins: [\"*\"], maxAge: <value>}}]"), Types) with { Least = "1", Below = "0" },
        Duration("HttpRouteTimeouts.Request", HttpRoute("timeouts: {request: <value>}"), Types) with { Least = "0s", Below = "-1s" },
        Duration("HttpRouteRetry.Backoff", HttpRoute("retry: {attempts: 1, backoff: <value>}"), Types) with { Channel = Experimental },
        Count("HttpRouteRetry.Attempts", HttpRoute("retry: {attempts: <value>}"), Types) with
        {
            Least = "1",
            Below = "0",
            Channel = Experimental,
        },
        new("HttpRouteRetry.Codes", Types, HttpRoute("retry: {codes: [<value>]}"), Least: "400", Most: "599", Below: "399", Above: "600")
        {
            Channel = Experimental,
        },
        Duration("SessionPersistence.AbsoluteTimeout", HttpRoute("sessionPersistence: {absoluteTimeout: <value>}"), Types) with
        {
            Channel = Experimental,
        },
        Duration("HttpRouteTimeouts.BackendRequest", HttpRoute("timeouts: {backendRequest: <value>}"), Types) with
        {
            Least = "0s",
            Below = "-1s",
        },
    ];

    private static string Entry(string spec) => Yaml.ServiceEntry("outside", $"""
        hosts: [outside.example.com]
        resolution: STATIC
        {spec}
        {(spec.Contains("endpoints", StringComparison.Ordinal) ? "" : "endpoints: [{address: 127.0.0.1}]")}
        """);

    private static string Mirror(string share) => HttpRoute(
        $"filters: [{{type: RequestMirror, requestMirror: {{backendRef: {{name: d, port: 9080}}, {share}}}}}]");

    private static string Redirect(string field) => HttpRoute(
        $"filters: [{{type: RequestRedirect, requestRedirect: {{hostname: example.com, {field}}}}}]", backend: "");
}
