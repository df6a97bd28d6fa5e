using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>One caller's view of the destinations of one rule set, each made when it is first asked for.</summary>
internal sealed class ClusterTable(Caller caller, int size, ClusterStore store)
{
    private readonly Cluster?[] _clusters = new Cluster?[size];

    public Caller Caller => caller;

    /// <summary>The views that have been made so far.</summary>
    public IEnumerable<Cluster> InUse => _clusters.OfType<Cluster>();

    public Cluster this[ClusterSpec spec]
    {
        get
        {
            ref var slot = ref _clusters[spec.Index];
            return Volatile.Read(ref slot) ?? Open(ref slot, spec);
        }
    }

    /// <summary>
    /// The view of a destination that has been used, under these rules or those before; null where there is nothing to know of it.
    /// </summary>
    public Cluster? Find(ClusterSpec spec) =>
        Volatile.Read(ref _clusters[spec.Index]) ?? (store.Has(caller, spec) ? this[spec] : null);

    private Cluster Open(ref Cluster? slot, ClusterSpec spec)
    {
        // Two requests may both make one; the first stays, and both share the same state in any case.
        Interlocked.CompareExchange(ref slot, store.Open(caller, spec), null);
        return slot!;
    }
}
