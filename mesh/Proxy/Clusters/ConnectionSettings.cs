using System.Net;
using System.Text;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Pooling;
using Bookinfo.Mesh.Http1.Transport;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Limits;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>How connections to a destination are made and kept.</summary>
internal sealed record ConnectionSettings(
    TimeSpan ConnectTimeout, TimeSpan IdleTimeout, TimeSpan MaxDuration, TcpKeepalive? Keepalive, ConnectionKeepalive? Pings,
        int MaxRequests, long MaxConnections, long MaxPendingRequests, bool ByRequestedHost)
{
    /// <summary>Istio's defaults: 10 s to connect, an hour idle (<c>tcp.connectTimeout</c>, <c>http.idleTimeout</c>).</summary>
    public static ConnectionSettings Default { get; } = new(
        TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, null, null, MaxRequests: 0, long.MaxValue, long.MaxValue,
        ByRequestedHost: false);

    public static ConnectionSettings From(ConnectionPoolSettings? pool, bool byRequestedHost) => pool is null
        ? Default with { ByRequestedHost = byRequestedHost }
        : new ConnectionSettings(
            pool.Tcp?.ConnectTimeout ?? Default.ConnectTimeout,
            IdleTime(pool.Http?.IdleTimeout ?? pool.Tcp?.IdleTimeout),
            pool.Tcp?.MaxConnectionDuration ?? Default.MaxDuration,
            pool.Tcp?.TcpKeepalive,
            pool.Http?.Http2KeepAlive,
            pool.Http?.MaxRequestsPerConnection ?? 0,
            RequestLimits.Of(pool.Tcp?.MaxConnections),
            RequestLimits.Of(pool.Http?.Http1MaxPendingRequests),
            byRequestedHost);

    /// <summary>0s switches the timeout off (<c>pkg/config/validation/validation.go: validateConnectionPool</c>).</summary>
    private static TimeSpan IdleTime(TimeSpan? given) => given == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : given ?? Default.IdleTimeout;

    /// <summary>Opens HTTP/1.1 connections to an endpoint.</summary>
    public Func<CancellationToken, ValueTask<IHttp1Transport>> Dialer(Endpoint endpoint, OwnListeners ownListeners)
    {
        var dialer = NewDialer(ownListeners);
        return cancellationToken => dialer.ConnectAsync(endpoint, cancellationToken);
    }

    /// <summary>How pools of HTTP/1.1 connections keep them.</summary>
    public PoolSettings ForPools() =>
        new(Timers.Bounded(ConnectTimeout), IdleTimeout, MaxDuration, MaxRequests, Http1Limits.Default);

    /// <summary>
    /// A client for HTTP/2 that sends what it is given and nothing of its own: no cookies, redirects, proxies, decompression or trace
    /// headers.
    /// </summary>
    public Http2Connections OpenHttp2(OwnListeners ownListeners) =>
        new(new HttpMessageInvoker(new WholeBodyHandler(Handler(NewDialer(ownListeners)))), MaxRequests);

    private Dialer NewDialer(OwnListeners ownListeners) => new(
        Keepalive is null ? null : new SocketKeepalive(Keepalive.Probes, Keepalive.Time, Keepalive.Interval),
        ByRequestedHost ? ownListeners : null);

    private SocketsHttpHandler Handler(Dialer dialer) =>
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
            ConnectCallback = dialer.ConnectAsync,
        };
}
