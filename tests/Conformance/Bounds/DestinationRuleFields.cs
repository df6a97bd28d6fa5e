using static Bookinfo.Tests.Conformance.Bounds.Bounds;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>The ends of a DestinationRule's numbers (<c>pkg/config/validation/validation.go</c> of istio/istio).</summary>
internal static class DestinationRuleFields
{
    private const string Pool = "validateConnectionPool";
    private const string Keepalive = "tcp(7) of Linux; with other values Envoy's connections fail (socket_option_impl.cc)";
    private const string Hashing = "loadBalancer: {consistentHash: {httpHeaderName: x-user, <hash>}}";

    public static IReadOnlyList<BoundedField> All { get; } =
    [
        Port("PortTrafficPolicy.Port",
            Policy("portLevelSettings: [{port: {number: <value>}, loadBalancer: {simple: RANDOM}}]"), "validatePortTrafficPolicies"),
        Count("TcpSettings.MaxConnections", Tcp("maxConnections: <value>"), Pool),
        Duration("TcpSettings.ConnectTimeout", Tcp("connectTimeout: <value>"), Pool) with { LeastAnswers = [200, 503] },
        Duration("TcpSettings.MaxConnectionDuration", Tcp("maxConnectionDuration: <value>"), Pool),
        Duration("TcpSettings.IdleTimeout", Tcp("idleTimeout: <value>"), Pool) with { Least = "0s", Below = "-1s" },
        new("TcpKeepalive.Probes", Keepalive, Tcp("tcpKeepalive: {probes: <value>}"),
            Least: "0", Most: "127", Below: "-1", Above: "128"),
        Seconds("TcpKeepalive.Time", Tcp("tcpKeepalive: {time: <value>}")),
        Seconds("TcpKeepalive.Interval", Tcp("tcpKeepalive: {interval: <value>}")),
        Count("HttpSettings.Http1MaxPendingRequests", Requests("http1MaxPendingRequests: <value>"), Pool),
        Count("HttpSettings.Http2MaxRequests", Requests("http2MaxRequests: <value>"), Pool),
        Count("HttpSettings.MaxRequestsPerConnection", Requests("maxRequestsPerConnection: <value>"), Pool),
        Count("HttpSettings.MaxRetries", Requests("maxRetries: <value>"), Pool),

        // The mesh puts only 0 into force: it cannot limit the streams of one connection.
        Count("HttpSettings.MaxConcurrentStreams", Requests("maxConcurrentStreams: <value>"), Pool) with { MostApplied = "0" },
        Duration("HttpSettings.IdleTimeout", Requests("idleTimeout: <value>"), Pool),
        Pings("ConnectionKeepalive.Interval", "{interval: <value>, timeout: 1s}"),
        Pings("ConnectionKeepalive.Timeout", "{interval: 1s, timeout: <value>}"),
        Count("OutlierDetection.Consecutive5xxErrors", Outliers("consecutive5xxErrors: <value>"), "UInt32Value"),
        Count("OutlierDetection.ConsecutiveGatewayErrors", Outliers("consecutiveGatewayErrors: <value>"), "UInt32Value"),
        Count("OutlierDetection.ConsecutiveLocalOriginFailures",
            Outliers("splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: <value>"), "UInt32Value"),
        Duration("OutlierDetection.Interval", Outliers("interval: <value>"), "validateOutlierDetection"),
        Duration("OutlierDetection.BaseEjectionTime", Outliers("baseEjectionTime: <value>"), "validateOutlierDetection"),
        Percentage("OutlierDetection.MaxEjectionPercent", Outliers("maxEjectionPercent: <value>"), "ValidatePercent"),
        Percentage("OutlierDetection.MinHealthPercent", Outliers("minHealthPercent: <value>"), "ValidatePercent"),
        new("OutlierDetection.OutlierDetectionHttpErrorCodes", "the CRD: 100 to 599",
            Outliers("outlierDetectionHttpErrorCodes: [<value>]"), Least: "100", Most: "599", Below: "99", Above: "600"),
        new("RingHash.MinimumRingSize", "ring_hash.proto: minimum_ring_size; a ring of 0 has no host",
            Hash("ringHash: {minimumRingSize: <value>}"), Least: "1", Most: "8388608", Below: "0", Above: "8388609"),
        new("MagLev.TableSize", "validateLoadBalancer: a prime below 5000011",
            Hash("maglev: {tableSize: <value>}"), Least: "2", Most: "4999999", Below: "0", Above: "5000011"),
        new("HttpCookie.Ttl", "protobuf's Duration, and Go's of 64 bits",
            Policy("loadBalancer: {consistentHash: {httpCookie: {name: user, ttl: <value>}}}"),
            Least: "0s", Most: "2562047h", Below: "-1s", Above: "2562048h"),
        Duration("WarmupConfiguration.Duration", Policy("loadBalancer: {warmup: {duration: <value>}}"), "validateLoadBalancer"),
        Percentage("WarmupConfiguration.MinimumPercent",
            Policy("loadBalancer: {warmup: {duration: 1s, minimumPercent: <value>}}"), "validateLoadBalancer"),
        new("WarmupConfiguration.Aggression", "validateLoadBalancer: above 0",
            Policy("loadBalancer: {warmup: {duration: 1s, aggression: <value>}}"),
            Least: "0.0001", Most: "1e308", Below: "0", Above: "1e309"),
    ];

    private static string Tcp(string field) => Policy($"connectionPool: {{tcp: {{{field}}}}}");

    private static string Requests(string field) => Policy($"connectionPool: {{http: {{{field}}}}}");

    private static string Outliers(string field) => Policy($"outlierDetection: {{{field}}}");

    private static string Hash(string field) => Policy(Hashing.Replace("<hash>", field, StringComparison.Ordinal));

    /// <summary>istiod cuts to whole seconds (<c>cluster.go: setKeepAliveSettings</c>).</summary>
    private static BoundedField Seconds(string field, string rules) =>
        new(field, Keepalive, rules, Least: "1s", Most: "32767s", Below: "999ms", Above: "32768s");

    /// <summary>The HTTP/2 client pings at most once a second, where istiod takes a millisecond.</summary>
    private static BoundedField Pings(string field, string keepalive) =>
        new(field, "SocketsHttpHandler.KeepAlivePingDelay", Policy($"connectionPool: {{http: {{http2KeepAlive: {keepalive}}}}}", "g"),
            Least: "1s", Most: "1190h", Below: "999ms", Above: "1191h")
        {
            Url = "http://g:7070/",
        };
}
