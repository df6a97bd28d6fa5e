using System.Net;
using System.Text;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>How connections to a destination are made and kept.</summary>
internal sealed record ConnectionSettings(
    TimeSpan ConnectTimeout, TimeSpan IdleTimeout, TimeSpan MaxDuration, TcpKeepalive? Keepalive, ConnectionKeepalive? Pings,
        int MaxRequests, bool ByRequestedHost)
{
    /// <summary>Istio's defaults: 10 s to connect, an hour idle (<c>tcp.connectTimeout</c>, <c>http.idleTimeout</c>).</summary>
    public static ConnectionSettings Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, null, null, MaxRequests: 0, ByRequestedHost: false);

    public static ConnectionSettings From(ConnectionPoolSettings? pool, bool byRequestedHost) => pool is null
        ? Default with { ByRequestedHost = byRequestedHost }
        : new ConnectionSettings(
            pool.Tcp?.ConnectTimeout ?? Default.ConnectTimeout,
            IdleTime(pool.Http?.IdleTimeout ?? pool.Tcp?.IdleTimeout),
            pool.Tcp?.MaxConnectionDuration ?? Default.MaxDuration,
            pool.Tcp?.TcpKeepalive,
            pool.Http?.Http2KeepAlive,
            pool.Http?.MaxRequestsPerConnection ?? 0,
            byRequestedHost);

    /// <summary>0s switches the timeout off (<c>pkg/config/validation/validation.go: validateConnectionPool</c>).</summary>
    private static TimeSpan IdleTime(TimeSpan? given) => given == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : given ?? Default.IdleTimeout;

    /// <summary>
    /// A client that sends what it is given and nothing of its own: no cookies, redirects, proxies, decompression or trace headers.
    /// </summary>
    public UpstreamConnections Open(OwnListeners ownListeners) => new(new HttpMessageInvoker(Handler(ownListeners)), MaxRequests);

    private SocketsHttpHandler Handler(OwnListeners ownListeners) =>
        new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,

            // Kestrel has read the request's headers a byte for a character; the pod gets the bytes that the caller sent.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = Timers.Bounded(ConnectTimeout),
            PooledConnectionIdleTimeout = Timers.Bounded(IdleTimeout),
            PooledConnectionLifetime = Timers.Bounded(MaxDuration),
            KeepAlivePingDelay = Pings?.Interval is { } interval ? Timers.Pings(interval) : Timeout.InfiniteTimeSpan,
            KeepAlivePingTimeout = Timers.Pings(Pings?.Timeout ?? TimeSpan.FromSeconds(20)),
            ConnectCallback = ByRequestedHost ? ownListeners.ConnectAsync : Dialer.ToEndpoint(Keepalive),
        };
}
