using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>A compiled rule set. A request takes it once at its beginning, so that it never sees half of a change.</summary>
internal sealed class RuleTables(RulesInForce rules, IReadOnlyList<Caller> callers, Scope?[] scopeByCaller, ClusterStore store)
{
    private readonly ClusterTable?[] _clusters = ByIndex(callers,
        caller => new ClusterTable(caller, scopeByCaller[caller.Index]!.Clusters.Count, store));

    public RulesInForce Rules { get; } = rules;

    /// <summary>
    /// The rules that the tables were made of, in Istio's order: those in force, with the Gateway API's as VirtualServices.
    /// </summary>
    public RuleSet Compiled { get; init; } = RuleSet.Empty;

    /// <summary>The status of each resource of the Gateway API in the rules.</summary>
    public IReadOnlyList<GatewayApiStatus> Statuses { get; init; } = [];

    /// <summary>The destinations that some caller has used so far.</summary>
    public IEnumerable<ClusterTable> Clusters => _clusters.OfType<ClusterTable>();

    /// <summary>What holds for a caller.</summary>
    public Scope ScopeOf(Caller caller) => scopeByCaller[caller.Index]!;

    /// <summary>The caller's own view of the destinations.</summary>
    public ClusterTable ClustersOf(Caller caller) => _clusters[caller.Index]!;

    /// <summary>Whether a destination, by Istio's name, is one of the caller's.</summary>
    public bool Knows(int caller, string cluster) =>
        caller < scopeByCaller.Length && scopeByCaller[caller]?.Names.Contains(cluster) == true;

    private static T?[] ByIndex<T>(IReadOnlyList<Caller> callers, Func<Caller, T> make)
    {
        var table = new T?[callers.TableLength()];
        foreach (var caller in callers)
        {
            table[caller.Index] = make(caller);
        }

        return table;
    }
}

/// <summary>What holds for all sidecars of a namespace, or for the gateway: virtual hosts, and the destinations they lead to.</summary>
internal sealed record Scope(PortTables Hosts, IReadOnlyList<ClusterSpec> Clusters, ClusterSpec Passthrough)
{
    /// <summary>The destinations by Istio's names.</summary>
    public HashSet<string> Names { get; } = [.. Clusters.Select(cluster => cluster.Name)];
}
