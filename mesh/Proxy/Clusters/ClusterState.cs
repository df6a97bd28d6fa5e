using System.Collections.Concurrent;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Limits;
using Bookinfo.Mesh.Proxy.LoadBalancing;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// What outlives the rules about one caller's traffic to one destination: its endpoints' condition, its place in the round, its
/// connections.
/// </summary>
internal sealed class ClusterState(Func<Endpoint, Reporter, TrafficSeries> series, OwnListeners ownListeners, TimeProvider time)
{
    private const int MostHosts = 10_000;

    private readonly ConcurrentDictionary<string, UpstreamHost> _hosts = new(StringComparer.Ordinal);
    private readonly Lock _connectionsLock = new();
    private ConnectionSettings? _connectionSettings;
    private Http1Pools? _http1;
    private Http2Connections? _http2;
    private bool _isForgotten;

    /// <summary>When the destination was first used; the circuit breaker's sweeps are counted from here.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    public LimitsInUse InUse { get; } = new();

    public RoundRobinPosition Position { get; } = new();

    /// <summary>The endpoint's condition. The names that callers may invent for hosts outside the mesh are not kept for ever.</summary>
    public UpstreamHost Host(Endpoint endpoint)
    {
        if (_hosts.Count > MostHosts)
        {
            _hosts.Clear();
        }

        return HostOf(endpoint);
    }

    private UpstreamHost HostOf(Endpoint endpoint) =>
        _hosts.GetOrAdd(endpoint.Address, static (_, made) =>
            made.self.NewHost(made.endpoint), (endpoint, self: this));

    /// <summary>The HTTP/1.1 connections. Others take their place where the rules ask for other settings.</summary>
    public Http1Pools Http1(ConnectionSettings settings)
    {
        lock (_connectionsLock)
        {
            Take(settings);
            _http1 ??= new Http1Pools(settings, ownListeners, time);
            RetireWhereForgotten();
            return _http1;
        }
    }

    /// <summary>
    /// Begins a request on the HTTP/2 connections. Others take their place where the rules ask for other settings, or where these have had
    /// the requests that <c>maxRequestsPerConnection</c> lets them have.
    /// </summary>
    public Http2Connections EnterHttp2(ConnectionSettings settings)
    {
        lock (_connectionsLock)
        {
            Take(settings);
            if (_http2 is null || !_http2.TryEnter())
            {
                _http2?.Retire();
                _http2 = settings.OpenHttp2(ownListeners);
                _http2.TryEnter();
            }

            RetireWhereForgotten();
            return _http2;
        }
    }

    /// <summary>Closes the HTTP/1.1 connections that no request uses.</summary>
    public void CloseIdle()
    {
        lock (_connectionsLock)
        {
            _http1?.CloseIdle();
        }
    }

    /// <summary>Only the requests under way still use the destination: its connections end with them.</summary>
    public void Forget()
    {
        lock (_connectionsLock)
        {
            _isForgotten = true;
            RetireWhereForgotten();
        }
    }

    private void Take(ConnectionSettings settings)
    {
        if (_connectionSettings != settings)
        {
            Retire();
            (_connectionSettings, _http1, _http2) = (settings, null, null);
        }
    }

    private void RetireWhereForgotten()
    {
        if (_isForgotten)
        {
            Retire();
        }
    }

    private void Retire()
    {
        _http1?.Retire();
        _http2?.Retire();
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private UpstreamHost NewHost(Endpoint endpoint) => new(
        endpoint, series(endpoint, Reporter.Source), Now, endpoint.Pod is null ? null : series(endpoint, Reporter.Destination));
}
