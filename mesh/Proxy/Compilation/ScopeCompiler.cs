using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// Compiles what holds for one group of callers: the sidecars of a namespace, or the gateway. As long as services and DestinationRules
/// stay, a set shares with the one before it every virtual host whose VirtualServices are the same.
/// </summary>
/// <param name="options">The mesh.</param>
/// <param name="group">The callers.</param>
/// <param name="callerCount">How long tables by caller are.</param>
internal sealed class ScopeCompiler(MeshOptions options, IReadOnlyList<Caller> group, int callerCount)
{
    private readonly string _namespace = group[0].Workload.Namespace;
    private Ground? _ground;

    /// <summary>The callers that it compiles for.</summary>
    public IReadOnlyList<Caller> Callers => group;

    /// <summary>Compiles. What is not wrong in itself is shared with the next set.</summary>
    /// <param name="rules">In Istio's order, with delegates in their place.</param>
    /// <param name="problems">Gets what the mesh cannot do.</param>
    public Scope Compile(RuleSet rules, List<Problem> problems)
    {
        List<ServiceEntry> entries =
            [.. rules.ServiceEntries.Where(entry => Visibility.IsVisible(entry.ExportTo, entry.Namespace, _namespace))];
        var ground = _ground?.IsOf(entries, rules.DestinationRules) == true ? _ground : Prepare(entries, rules.DestinationRules, problems);
        var routes = new RouteCompiler(ground.Registry, ground.Clusters, options, problems);
        var hosts = group[0].IsGateway
            ? new GatewayCompiler(routes, group[0], ground.Hosts, options.ClusterDomain).Compile(rules)
            : new PortTables(new SidecarCompiler(ground.Registry, routes, group, callerCount, _namespace, ground.Hosts,
                options.ClusterDomain).Compile(rules.VirtualServices));
        ground.Hosts.Commit();
        _ground = problems.Count == 0 ? ground : null;
        return new Scope(hosts, [.. ground.Clusters.All], ground.Passthrough);
    }

    private Ground Prepare(IReadOnlyList<ServiceEntry> entries, IReadOnlyList<DestinationRule> destinationRules, List<Problem> problems)
    {
        var registry = new ServiceRegistry(options, entries, forSidecars: !group[0].IsGateway);
        foreach (var rule in destinationRules)
        {
            PolicyCheck.Check(rule, registry, options.ClusterDomain, problems);
        }

        var clusters = new ClusterSpecs(registry, new DestinationRuleIndex(destinationRules, _namespace, options));
        return new Ground(entries, destinationRules, registry, clusters, clusters.Passthrough());
    }

    /// <summary>What virtual hosts stand on: the services and the destinations. Destinations are only ever added.</summary>
    private sealed record Ground(IReadOnlyList<ServiceEntry> Entries, IReadOnlyList<DestinationRule> DestinationRules,
        ServiceRegistry Registry, ClusterSpecs Clusters, Clusters.ClusterSpec Passthrough)
    {
        /// <summary>The virtual hosts that were made on it.</summary>
        public CompiledHosts Hosts { get; } = new();

        public bool IsOf(IReadOnlyList<ServiceEntry> entries, IReadOnlyList<DestinationRule> destinationRules) =>
            CompiledHosts.AreSame(Entries, entries) && CompiledHosts.AreSame(DestinationRules, destinationRules);
    }
}
