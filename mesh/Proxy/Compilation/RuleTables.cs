using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>A compiled rule set. A request takes it once at its beginning, so that it never sees half of a change.</summary>
internal sealed class RuleTables(RulesInForce rules, Scope[] scopeByCaller, ClusterStore store)
{
    private readonly Cluster?[][] _clusters = [.. scopeByCaller.Select(scope => new Cluster?[scope.Clusters.Count])];

    public RulesInForce Rules { get; } = rules;

    /// <summary>What holds for a caller.</summary>
    public Scope ScopeOf(Caller caller) => scopeByCaller[caller.Index];

    /// <summary>The caller's own view of a destination, made when it is first asked for.</summary>
    public Cluster Cluster(Caller caller, ClusterSpec spec)
    {
        ref var slot = ref _clusters[caller.Index][spec.Index];
        return Volatile.Read(ref slot) ?? Make(ref slot, caller, spec);
    }

    /// <summary>The views that have been made so far.</summary>
    public IEnumerable<(int Caller, Cluster Cluster)> ClustersInUse() =>
        _clusters.SelectMany((clusters, caller) => clusters.OfType<Cluster>().Select(cluster => (caller, cluster)));

    /// <summary>Whether a destination, by Istio's name, is one of the caller's.</summary>
    public bool Knows(int caller, string cluster) => scopeByCaller[caller].Names.Contains(cluster);

    private Cluster Make(ref Cluster? slot, Caller caller, ClusterSpec spec)
    {
        // Two requests may both make one; the first stays, and both share the same state in any case.
        Interlocked.CompareExchange(ref slot, store.Open(caller, spec), null);
        return slot!;
    }
}
