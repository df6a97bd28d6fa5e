using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Compilation;

namespace Bookinfo.Mesh.Proxy.Offline;

/// <summary>VirtualServices as they are in force.</summary>
public static class DelegatedRules
{
    /// <summary>
    /// Those that have hosts, the rules of delegates in the place of the rules that delegate to them, in the order in which Istio looks.
    /// </summary>
    /// <param name="rules">All the rules.</param>
    /// <param name="clusterDomain">The cluster's domain.</param>
    public static IReadOnlyList<VirtualService> Merge(RuleSet rules, string clusterDomain) =>
        [.. Delegates.Merge(ResourceOrder.Sort(rules).VirtualServices, clusterDomain).Where(service => service.Hosts.Count > 0)];
}
