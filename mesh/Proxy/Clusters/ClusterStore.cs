using System.Collections.Concurrent;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>The condition of every destination for every caller, across rule sets.</summary>
internal sealed class ClusterStore(TrafficMetrics metrics, OwnListeners ownListeners, Randomness randomness, TimeProvider time)
{
    private readonly ConcurrentDictionary<(int Caller, string Cluster), ClusterState> _states = new();

    public Cluster Open(Caller caller, ClusterSpec spec)
    {
        var state = _states.GetOrAdd((caller.Index, spec.Name),
            _ => new ClusterState((endpoint, reporter) => metrics.SeriesFor(caller, spec.Service, endpoint.Pod?.Workload, reporter),
                ownListeners, time));
        return new Cluster(spec, state, metrics.SeriesFor(caller, spec.Service, null), randomness, time);
    }

    /// <summary>Whether the caller has used the destination.</summary>
    public bool Has(Caller caller, ClusterSpec spec) => _states.ContainsKey((caller.Index, spec.Name));

    /// <summary>Closes the HTTP/1.1 connections that no request uses.</summary>
    public void CloseIdle()
    {
        foreach (var state in _states.Values)
        {
            state.CloseIdle();
        }
    }

    /// <summary>Forgets the destinations that the rules no longer know. Their connections end with the requests under way.</summary>
    public void Prune(Func<int, string, bool> isKnown)
    {
        foreach (var key in _states.Keys)
        {
            if (!isKnown(key.Caller, key.Cluster) && _states.TryRemove(key, out var state))
            {
                state.Forget();
            }
        }
    }
}
