namespace Bookinfo.Mesh.Istio.Model;

/// <summary>A field, or a value of one, that Istio has and the mesh does not apply.</summary>
/// <param name="Message">The message in Istio's API: <c>HTTPRoute</c>.</param>
/// <param name="Field">The field, <c>tls</c>, or field and value, <c>mode: SIMPLE</c>.</param>
/// <param name="Reason">Why not, in a few words.</param>
public sealed record UnsupportedField(string Message, string Field, string Reason);

/// <summary>
/// What of Istio's API the mesh does not apply. <see cref="RuleReader"/> refuses each field with its reason, and documentation is made from
/// this list.
/// </summary>
public static class UnsupportedFields
{
    private const string NoTls = "traffic inside one process is not encrypted";
    private const string NoLocality = "all pods are on one machine, in one locality";
    private const string HttpOnly = "the mesh routes only HTTP";
    private const string NoExtensions = "Istio has no filters of its own for routes";
    private const string NoExternalAuth = "it is of the Gateway API's experimental channel, and Istio does not apply it";

    /// <summary>The reason for fields that are applied where the experimental channel is asked for.</summary>
    internal const string Experimental = "it is of the Gateway API's experimental channel, which has to be asked for";

    /// <summary>The list, in the order of the API.</summary>
    public static IReadOnlyList<UnsupportedField> All { get; } =
    [
        new("VirtualService", "tls", HttpOnly),
        new("VirtualService", "tcp", HttpOnly),
        new("HTTPMatchRequest", "headers: @request.auth.claims", "the mesh does not authenticate callers"),
        new("HTTPMatchRequest", "statPrefix", "the metrics are Istio's, without Envoy's statistics of each route"),
        new("HeaderOperations", "set: %VARIABLE%", "the mesh has no variables of Envoy's"),
        new("HeaderOperations", "add: %VARIABLE%", "the mesh has no variables of Envoy's"),
        new("HTTPRetry", "retryRemoteLocalities", NoLocality),
        new("Delay", "exponentialDelay", "Istio has the field and refuses it too"),
        new("Abort", "http2Error", "Istio has the field and refuses it too"),
        new("DestinationRule", "workloadSelector", "the rule would hold for some callers only; give them a host of their own"),
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
        new("Port", "protocol: TCP", HttpOnly),
        new("Port", "protocol: UDP", HttpOnly),
        new("Port", "protocol: MONGO", HttpOnly),
        new("Port", "protocol: REDIS", HttpOnly),
        new("Port", "protocol: MYSQL", HttpOnly),
        new("Port", "protocol: GRPC-WEB", "nothing turns gRPC-Web into gRPC here"),
        new("Port", "protocol: HTTP_PROXY", "the gateway is not a forward proxy"),
        new("Port", "targetPort", "it has no effect on a gateway, and istiod refuses it"),
        new("ServicePort", "protocol: HTTPS", NoTls),
        new("ServicePort", "protocol: TLS", NoTls),
        new("ServicePort", "protocol: TCP", HttpOnly),
        new("ServicePort", "protocol: UDP", HttpOnly),
        new("ServicePort", "protocol: MONGO", HttpOnly),
        new("ServicePort", "protocol: REDIS", HttpOnly),
        new("ServicePort", "protocol: MYSQL", HttpOnly),
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
        new("GatewaySpec", "tls", NoTls),
        new("Listener", "protocol: TLS", NoTls),
        new("Listener", "protocol: TCP", HttpOnly),
        new("Listener", "protocol: UDP", HttpOnly),
        new("Listener", "protocol: HBONE", "the mesh has sidecars and no waypoints"),
        new("ListenerTLSConfig", "mode: Passthrough", HttpOnly),
        new("ListenerTLSConfig", "options", NoTls),
        new("ListenerTLSConfig", "frontendValidation", "the mesh does not authenticate callers"),
        new("HTTPRouteRule", "retry", Experimental),
        new("HTTPRouteRule", "sessionPersistence", Experimental),
        new("HTTPRouteFilter", "type: ExtensionRef", NoExtensions),
        new("HTTPRouteFilter", "extensionRef", NoExtensions),
        new("HTTPRouteFilter", "type: ExternalAuth", NoExternalAuth),
        new("HTTPRouteFilter", "externalAuth", NoExternalAuth),
        new("GRPCRouteRule", "sessionPersistence", Experimental),
        new("GRPCRouteFilter", "type: ExtensionRef", NoExtensions),
        new("GRPCRouteFilter", "extensionRef", NoExtensions),
    ];

    internal static string? Reason(string message, string field)
    {
        foreach (var each in All)
        {
            if (each.Message == message && each.Field == field)
            {
                return each.Reason;
            }
        }

        return null;
    }

    internal static IEnumerable<string> FieldsOf(string message) =>
        All.Where(each => each.Message == message && !each.Field.Contains(':', StringComparison.Ordinal)).Select(each => each.Field);
}
