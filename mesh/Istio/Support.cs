namespace Bookinfo.Mesh.Istio;

/// <summary>A field, or a value of one, that Istio has and the mesh does not apply.</summary>
/// <param name="Message">The message in Istio's API: <c>HTTPRoute</c>.</param>
/// <param name="Field">The field, <c>tls</c>, or field and value, <c>mode: SIMPLE</c>.</param>
/// <param name="Reason">Why not, in a few words.</param>
public sealed record UnsupportedField(string Message, string Field, string Reason);

/// <summary>
/// What of Istio's API the mesh does not apply. Each field here is refused aloud by <see cref="RuleReader"/>, and this is the one list
/// of them: documentation is made from it.
/// </summary>
public static class Support
{
    private const string NoTls = "traffic inside one process is not encrypted";
    private const string NoLocality = "all pods are on one machine, in one locality";
    private const string HttpAlone = "the mesh routes HTTP alone";

    /// <summary>The list, in the order of the API.</summary>
    public static IReadOnlyList<UnsupportedField> Unsupported { get; } =
    [
        new("VirtualService", "tls", HttpAlone),
        new("VirtualService", "tcp", HttpAlone),
        new("HTTPMatchRequest", "headers: @request.auth.claims", "the mesh authenticates nobody"),
        new("HTTPMatchRequest", "statPrefix", "the metrics are Istio's, without Envoy's statistics of each route"),
        new("HeaderOperations", "set: %VARIABLE%", "the mesh has no variables of Envoy's"),
        new("HeaderOperations", "add: %VARIABLE%", "the mesh has no variables of Envoy's"),
        new("HTTPRetry", "retryRemoteLocalities", NoLocality),
        new("Delay", "exponentialDelay", "Istio has the field and refuses it too"),
        new("Abort", "http2Error", "Istio has the field and refuses it too"),
        new("DestinationRule", "workloadSelector", "the rule would hold for some callers alone; give them a host of their own"),
        new("TrafficPolicy", "tunnel", "there is no proxy to tunnel through"),
        new("TrafficPolicy", "proxyProtocol", "pods are ordinary HTTP servers, which do not read the PROXY protocol"),
        new("TrafficPolicy", "retryBudget", "the number of retries in flight is limited by connectionPool.http.maxRetries"),
        new("LoadBalancerSettings", "localityLbSetting", NoLocality),
        new("LoadBalancerSettings", "zoneAwareLbSetting", NoLocality),
        new("ClientTLSSettings", "mode: SIMPLE", NoTls),
        new("ClientTLSSettings", "mode: MUTUAL", NoTls),
        new("ClientTLSSettings", "clientCertificate", NoTls),
        new("ClientTLSSettings", "privateKey", NoTls),
        new("ClientTLSSettings", "caCertificates", NoTls),
        new("ClientTLSSettings", "caCrl", NoTls),
        new("ClientTLSSettings", "credentialName", NoTls),
        new("ClientTLSSettings", "subjectAltNames", NoTls),
        new("ClientTLSSettings", "sni", NoTls),
        new("ClientTLSSettings", "insecureSkipVerify", NoTls),
        new("Server", "bind", "the gateway's address is chosen where the mesh is started"),
        new("Server", "tls", "the gateway serves HTTP without TLS"),
        new("Server", "defaultEndpoint", "Istio has the field and does not apply it either"),
        new("Port", "protocol: HTTPS", NoTls),
        new("Port", "protocol: TLS", NoTls),
        new("Port", "protocol: TCP", HttpAlone),
        new("Port", "protocol: UDP", HttpAlone),
        new("Port", "protocol: MONGO", HttpAlone),
        new("Port", "protocol: REDIS", HttpAlone),
        new("Port", "protocol: MYSQL", HttpAlone),
        new("Port", "protocol: GRPC-WEB", "nothing turns gRPC-Web into gRPC here"),
        new("Port", "protocol: HTTP_PROXY", "the gateway is no forward proxy"),
        new("Port", "targetPort", "it has no effect on a gateway, and istiod refuses it"),
        new("ServicePort", "protocol: HTTPS", NoTls),
        new("ServicePort", "protocol: TLS", NoTls),
        new("ServicePort", "protocol: TCP", HttpAlone),
        new("ServicePort", "protocol: UDP", HttpAlone),
        new("ServicePort", "protocol: MONGO", HttpAlone),
        new("ServicePort", "protocol: REDIS", HttpAlone),
        new("ServicePort", "protocol: MYSQL", HttpAlone),
        new("ServicePort", "protocol: GRPC-WEB", "nothing turns gRPC-Web into gRPC here"),
        new("ServicePort", "protocol: HTTP_PROXY", "the mesh calls services, not proxies"),
        new("ServiceEntry", "addresses: CIDR", "callers name a host, and the mesh sees the name, not the address"),
        new("ServiceEntry", "workloadSelector", "pods outside the mesh's own list are named in endpoints"),
        new("ServiceEntry", "subjectAltNames", NoTls),
        new("WorkloadEntry", "address: unix://", "endpoints are reached by TCP"),
        new("WorkloadEntry", "network", "all pods are in one network"),
        new("WorkloadEntry", "locality", NoLocality),
        new("WorkloadEntry", "weight", "load balancing treats all endpoints alike"),
        new("WorkloadEntry", "serviceAccount", NoTls),
    ];

    internal static string? Reason(string message, string field)
    {
        foreach (var each in Unsupported)
        {
            if (each.Message == message && each.Field == field)
            {
                return each.Reason;
            }
        }

        return null;
    }

    internal static IEnumerable<string> FieldsOf(string message) =>
        Unsupported.Where(each => each.Message == message && !each.Field.Contains(':', StringComparison.Ordinal)).Select(each => each.Field);
}
