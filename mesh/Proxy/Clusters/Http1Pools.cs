using System.Collections.Concurrent;
using Bookinfo.Mesh.Http1.Pooling;
using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// The HTTP/1.1 connections of one caller to one destination: a pool for each endpoint, with one budget for all of them
/// (<c>source/common/upstream/cluster_manager_impl.cc: ThreadLocalClusterManagerImpl</c> of envoyproxy/envoy). Once retired, a connection
/// is closed when the request on it is over.
/// </summary>
internal sealed class Http1Pools(ConnectionSettings settings, OwnListeners ownListeners, TimeProvider time)
{
    /// <summary>Callers may invent names of hosts outside the mesh without end; their pools are not kept for ever.</summary>
    private const int MostPools = 1000;

    private readonly ConcurrentDictionary<UpstreamHost, Http1Pool> _pools = new();
    private readonly PoolBudget _budget = new(settings.MaxConnections, settings.MaxPendingRequests);
    private volatile bool _isRetired;

    /// <summary>Whether others have taken their place.</summary>
    public bool IsRetired => _isRetired;

    /// <summary>The connections to an endpoint.</summary>
    public Http1Pool this[UpstreamHost host] => _pools.TryGetValue(host, out var pool) ? pool : Open(host);

    /// <summary>Closes what is idle.</summary>
    public void CloseIdle()
    {
        foreach (var pool in _pools.Values)
        {
            pool.CloseIdle();
        }
    }

    /// <summary>Closes what is idle, and every other connection when its request is over.</summary>
    public void Retire()
    {
        _isRetired = true;
        RetireAll();
    }

    private Http1Pool Open(UpstreamHost host)
    {
        if (_pools.Count >= MostPools)
        {
            RetireAll();
            _pools.Clear();
        }

        var pool = _pools.GetOrAdd(
            host, static (host, made) => new Http1Pool(
                made.settings.Dialer(host.Endpoint, made.ownListeners), made.settings.ForPools(), made._budget, made.time),
            (settings, ownListeners, _budget, time));
        if (_isRetired)
        {
            pool.Retire();
        }

        return pool;
    }

    private void RetireAll()
    {
        foreach (var pool in _pools.Values)
        {
            pool.Retire();
        }
    }
}
