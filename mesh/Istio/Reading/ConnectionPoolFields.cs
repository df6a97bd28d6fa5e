using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a connection pool's limits.</summary>
internal static class ConnectionPoolFields
{
    public static ConnectionPoolSettings Read(ObjectReader settings) => new()
    {
        Tcp = settings.Object("tcp", "TCPSettings", Tcp),
        Http = settings.Object("http", "HTTPSettings", Http),
    };

    private static TcpSettings Tcp(ObjectReader tcp) => new()
    {
        MaxConnections = tcp.Int32("maxConnections"),
        ConnectTimeout = tcp.Duration("connectTimeout"),
        TcpKeepalive = tcp.Object(
            "tcpKeepalive",
            "TcpKeepalive",
            keepalive => new TcpKeepalive
            {
                Probes = keepalive.UInt32("probes"),
                Time = keepalive.Duration("time"),
                Interval = keepalive.Duration("interval")
            }),
        MaxConnectionDuration = tcp.Duration("maxConnectionDuration"),
        IdleTimeout = tcp.Duration("idleTimeout"),
    };

    private static HttpSettings Http(ObjectReader http) => new()
    {
        Http1MaxPendingRequests = http.Int32("http1MaxPendingRequests"),
        Http2MaxRequests = http.Int32("http2MaxRequests"),
        MaxRequestsPerConnection = http.Int32("maxRequestsPerConnection"),
        MaxRetries = http.Int32("maxRetries"),
        IdleTimeout = http.Duration("idleTimeout"),
        H2UpgradePolicy = http.Name("h2UpgradePolicy", EnumNames.H2UpgradePolicy),
        UseClientProtocol = http.Boolean("useClientProtocol") ?? false,
        MaxConcurrentStreams = http.Int32("maxConcurrentStreams"),
        Http2KeepAlive = http.Object(
            "http2KeepAlive",
            "ConnectionKeepalive",
            keepalive => new ConnectionKeepalive { Interval = keepalive.Duration("interval"), Timeout = keepalive.Duration("timeout") }),
    };
}
