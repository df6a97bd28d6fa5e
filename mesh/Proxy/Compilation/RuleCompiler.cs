using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.GatewayApi.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>Compiles a rule set aside from the traffic.</summary>
internal sealed class RuleCompiler(
    MeshOptions options, IReadOnlyList<Caller> callers, ClusterStore store)
{
    private readonly ClusterFacts _facts = new()
    {
        ClusterDomain = options.ClusterDomain,
        Services = options.Services.Select(service => (service.Namespace, service.Name)).ToHashSet(),
        PortNames = ClusterFacts.Index(options.Services.Select(service =>
            (service.Namespace, service.Name, service.PortName ?? service.Protocol, service.Port))),
        NamespaceLabels = options.NamespaceLabels,
    };

    /// <exception cref="RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public RuleTables Compile(RulesInForce rules)
    {
        var problems = new List<Problem>();
        var translation = GatewayApiTranslator.Translate(rules.Current, _facts);
        var ordered = ResourceOrder.Sort(IngressTranslator.Translate(translation.Rules, _facts));
        var merged = ordered with { VirtualServices = Delegates.Merge(ordered.VirtualServices, options.ClusterDomain) };
        var scopes = new Scope[callers.Count];
        foreach (var group in callers.GroupBy(caller => (caller.IsGateway, caller.Workload.Namespace)))
        {
            var scope = Compile(merged, [.. group], problems);
            foreach (var caller in group)
            {
                scopes[caller.Index] = scope;
            }
        }

        return problems.Count > 0 ? throw new RuleCompilationException([.. problems.Distinct()])
            : new RuleTables(rules, callers, scopes, store) { Compiled = ordered, Statuses = translation.Statuses };
    }

    private Scope Compile(RuleSet rules, IReadOnlyList<Caller> group, List<Problem> problems)
    {
        var @namespace = group[0].Workload.Namespace;
        var registry = new ServiceRegistry(options,
            [.. rules.ServiceEntries.Where(entry => Visibility.IsVisible(entry.ExportTo, entry.Namespace, @namespace))]);
        foreach (var rule in rules.DestinationRules)
        {
            PolicyCheck.Check(rule, registry, options.ClusterDomain, problems);
        }

        var clusters = new ClusterSpecs(registry, new DestinationRuleIndex(rules.DestinationRules, @namespace, options));
        var passthrough = clusters.Passthrough();
        var routes = new RouteCompiler(registry, clusters, options, problems);
        var hosts = group[0].IsGateway
            ? new GatewayCompiler(routes, group[0], options.ClusterDomain).Compile(rules)
            : new PortTables(new SidecarCompiler(registry, routes, group, callers.Count, @namespace, options.ClusterDomain)
                .Compile(rules.VirtualServices));
        return new Scope(hosts, clusters.All, passthrough);
    }
}
