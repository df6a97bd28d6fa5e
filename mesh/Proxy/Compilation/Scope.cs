using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>What holds for all sidecars of a namespace, or for the gateway: virtual hosts, and the destinations they lead to.</summary>
internal sealed record Scope(PortTables Hosts, IReadOnlyList<ClusterSpec> Clusters, ClusterSpec Passthrough)
{
    /// <summary>The destinations by Istio's names.</summary>
    public HashSet<string> Names { get; } = [.. Clusters.Select(cluster => cluster.Name)];
}
