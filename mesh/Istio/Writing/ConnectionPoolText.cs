using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the limits of a connection pool.</summary>
internal sealed class ConnectionPoolText(YamlWriter yaml)
{
    public void Write(ConnectionPoolSettings settings)
    {
        yaml.Object("tcp", settings.Tcp, Tcp);
        yaml.Object("http", settings.Http, Http);
    }

    private void Tcp(TcpSettings tcp)
    {
        yaml.Number("maxConnections", tcp.MaxConnections);
        yaml.Duration("connectTimeout", tcp.ConnectTimeout);
        yaml.Object("tcpKeepalive", tcp.TcpKeepalive, keepalive =>
        {
            yaml.Number("probes", keepalive.Probes);
            yaml.Duration("time", keepalive.Time);
            yaml.Duration("interval", keepalive.Interval);
        });
        yaml.Duration("maxConnectionDuration", tcp.MaxConnectionDuration);
        yaml.Duration("idleTimeout", tcp.IdleTimeout);
    }

    private void Http(HttpSettings http)
    {
        yaml.Number("http1MaxPendingRequests", http.Http1MaxPendingRequests);
        yaml.Number("http2MaxRequests", http.Http2MaxRequests);
        yaml.Number("maxRequestsPerConnection", http.MaxRequestsPerConnection);
        yaml.Number("maxRetries", http.MaxRetries);
        yaml.Duration("idleTimeout", http.IdleTimeout);
        yaml.Name("h2UpgradePolicy", http.H2UpgradePolicy, EnumNames.H2UpgradePolicy);
        yaml.Flag("useClientProtocol", http.UseClientProtocol);
        yaml.Number("maxConcurrentStreams", http.MaxConcurrentStreams);
        yaml.Object("http2KeepAlive", http.Http2KeepAlive, keepalive =>
        {
            yaml.Duration("interval", keepalive.Interval);
            yaml.Duration("timeout", keepalive.Timeout);
        });
    }
}
