using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the limits of a connection pool.</summary>
internal sealed class ConnectionPoolText(ObjectWriter fields)
{
    public void Write(ConnectionPoolSettings settings)
    {
        fields.Object("tcp", settings.Tcp, Tcp);
        fields.Object("http", settings.Http, Http);
    }

    private void Tcp(TcpSettings tcp)
    {
        fields.Number("maxConnections", tcp.MaxConnections);
        fields.Duration("connectTimeout", tcp.ConnectTimeout);
        fields.Object("tcpKeepalive", tcp.TcpKeepalive, keepalive =>
        {
            fields.Number("probes", keepalive.Probes);
            fields.Duration("time", keepalive.Time);
            fields.Duration("interval", keepalive.Interval);
        });
        fields.Duration("maxConnectionDuration", tcp.MaxConnectionDuration);
        fields.Duration("idleTimeout", tcp.IdleTimeout);
    }

    private void Http(HttpSettings http)
    {
        fields.Number("http1MaxPendingRequests", http.Http1MaxPendingRequests);
        fields.Number("http2MaxRequests", http.Http2MaxRequests);
        fields.Number("maxRequestsPerConnection", http.MaxRequestsPerConnection);
        fields.Number("maxRetries", http.MaxRetries);
        fields.Duration("idleTimeout", http.IdleTimeout);
        fields.Name("h2UpgradePolicy", http.H2UpgradePolicy, EnumNames.H2UpgradePolicy);
        fields.Flag("useClientProtocol", http.UseClientProtocol);
        fields.Number("maxConcurrentStreams", http.MaxConcurrentStreams);
        fields.Object("http2KeepAlive", http.Http2KeepAlive, keepalive =>
        {
            fields.Duration("interval", keepalive.Interval);
            fields.Duration("timeout", keepalive.Timeout);
        });
    }
}
