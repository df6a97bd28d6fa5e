namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>
/// What to do with a field that an object does not have: where it belongs, what took its place, or what is missing before it.
/// </summary>
internal static class FieldAdvice
{
    /// <summary>Fields that Istio had, or that people carry over from Envoy, and what is written today.</summary>
    private static readonly Dictionary<string, string> Removed = new(StringComparer.Ordinal)
    {
        ["websocketUpgrade"] = "leave it out: WebSocket upgrades need no field",
        ["percent"] = "write percentage: {value: 100}",
        ["hostRewrite"] = "write rewrite: {authority: ...} beside route",
        ["authorityRewrite"] = "write rewrite: {authority: ...} beside route",
        ["prefixRewrite"] = "write rewrite: {uri: ...} beside route",
        ["appendHeaders"] = "write headers: {request: {add: {...}}}",
        ["appendRequestHeaders"] = "write headers: {request: {add: {...}}}",
        ["removeRequestHeaders"] = "write headers: {request: {remove: [...]}}",
        ["appendResponseHeaders"] = "write headers: {response: {add: {...}}}",
        ["removeResponseHeaders"] = "write headers: {response: {remove: [...]}}",
        ["httpReqTimeout"] = "write timeout: 10s beside route",
        ["httpReqRetries"] = "write retries: {attempts: 3} beside route",
        ["httpFault"] = "write fault: {delay: ..., abort: ...} beside route",
        ["serviceName"] = "write service: {name: ..., port: {number: 80}}",
        ["servicePort"] = "write service: {name: ..., port: {number: 80}}",
        ["precedence"] = "leave it out: routes are tried in their order",
    };

    /// <summary>
    /// The fields of Istio's API by the object that has them, each with the way to it. A field that several objects have is told of the
    /// first.
    /// </summary>
    private static readonly (string Kind, string Place, string[] Fields)[] Places =
    [
        ("", "metadata", ["name", "namespace", "labels", "annotations"]),
        ("VirtualService", "spec", ["hosts", "gateways", "http", "tls", "tcp", "exportTo"]),
        ("VirtualService", "a route, spec.http[]",
        [
            "match", "route", "redirect", "directResponse", "delegate", "rewrite", "timeout", "retries", "fault", "mirror",
            "mirrorPercentage", "mirrors",
            "corsPolicy", "headers",
        ]),
        ("VirtualService", "a match, spec.http[].match[]",
            ["uri", "scheme", "method", "authority", "sourceLabels", "queryParams", "ignoreUriCase", "withoutHeaders", "sourceNamespace"]),
        ("VirtualService", "an item of route, spec.http[].route[]", ["destination", "weight"]),
        ("VirtualService", "destination", ["host", "subset", "port"]),
        ("VirtualService", "retries", ["attempts", "perTryTimeout", "retryOn", "retryIgnorePreviousHosts", "backoff"]),
        ("VirtualService", "fault", ["delay", "abort"]),
        ("VirtualService", "fault.delay", ["fixedDelay"]),
        ("VirtualService", "fault.abort", ["httpStatus", "grpcStatus"]),
        ("VirtualService", "corsPolicy", ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials"]),
        ("DestinationRule", "spec", ["host", "trafficPolicy", "subsets", "exportTo"]),
        ("DestinationRule", "trafficPolicy", ["loadBalancer", "connectionPool", "outlierDetection", "portLevelSettings", "tls"]),
        ("DestinationRule", "trafficPolicy.loadBalancer", ["simple", "consistentHash", "warmup"]),
        ("DestinationRule", "trafficPolicy.connectionPool", ["tcp", "http"]),
        ("DestinationRule", "trafficPolicy.connectionPool.tcp",
            ["maxConnections", "connectTimeout", "tcpKeepalive", "maxConnectionDuration"]),
        ("DestinationRule", "trafficPolicy.connectionPool.http",
        [
            "http1MaxPendingRequests", "http2MaxRequests", "maxRequestsPerConnection", "maxRetries", "idleTimeout", "h2UpgradePolicy",
            "useClientProtocol",
            "maxConcurrentStreams",
        ]),
        ("DestinationRule", "trafficPolicy.outlierDetection",
        [
            "consecutive5xxErrors", "consecutiveGatewayErrors", "consecutiveLocalOriginFailures", "splitExternalLocalOriginErrors",
            "interval",
            "baseEjectionTime", "maxEjectionPercent", "minHealthPercent",
        ]),
        ("Gateway", "spec", ["servers", "selector"]),
        ("Gateway", "a server, spec.servers[]", ["port", "hosts", "tls"]),
        ("Gateway", "a server's port, spec.servers[].port", ["number", "protocol"]),
        ("ServiceEntry", "spec", ["hosts", "addresses", "ports", "location", "resolution", "endpoints", "exportTo"]),
        ("ServiceEntry", "a port, spec.ports[]", ["number", "protocol", "targetPort"]),
        ("ServiceEntry", "an endpoint, spec.endpoints[]", ["address"]),
    ];

    /// <summary>The field that took a removed one's place, or null.</summary>
    public static string? OfRemoved(string field) => Removed.GetValueOrDefault(Camel(field));

    /// <summary>Where in a resource a field of this very name belongs, or null.</summary>
    public static string? Place(string kind, string field)
    {
        var found = Array.Find(Places, each => (each.Kind.Length == 0 || each.Kind == kind) && each.Fields.Contains(Camel(field)));
        return found.Fields is null ? null : $"{Camel(field)} is a field of {found.Place}";
    }

    /// <summary>A blank that is missing after a hyphen, or null.</summary>
    public static string? OfHyphen(string text) =>
        text.Length > 1 && text[0] == '-' && (char.IsAsciiLetter(text[1]) || text[1] is '"' or '\'' or '*')
        ? $"write \"- {text[1..].Split('\n', ' ')[0]}\": a blank is missing after the hyphen"
        : null;

    /// <summary><c>host_rewrite</c> as <c>hostRewrite</c>: Envoy's spelling of a field as Istio has it.</summary>
    private static string Camel(string field) =>
        string.Concat(field.Split('_', StringSplitOptions.RemoveEmptyEntries)
            .Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
