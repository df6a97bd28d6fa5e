using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.GatewayApi.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// Compiles rule sets aside from the traffic, one after another: what two of them have in common is compiled once. Not for several
/// threads at once.
/// </summary>
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

    private readonly ScopeCompiler[] _scopes =
    [
        .. callers.GroupBy(caller => (caller.IsGateway, caller.Workload.Namespace))
            .Select(group => new ScopeCompiler(options, [.. group], callers.TableLength())),
    ];

    /// <exception cref="RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public RuleTables Compile(RulesInForce rules)
    {
        var problems = new List<Problem>();
        var translation = GatewayApiTranslator.Translate(rules.Current, _facts);
        var ordered = ResourceOrder.Sort(IngressTranslator.Translate(translation.Rules, _facts));
        var merged = ordered with { VirtualServices = Delegates.Merge(ordered.VirtualServices, options.ClusterDomain) };
        var scopes = new Scope?[callers.TableLength()];
        foreach (var compiler in _scopes)
        {
            var own = new List<Problem>();
            var scope = compiler.Compile(merged, own);
            problems.AddRange(own);
            foreach (var caller in compiler.Callers)
            {
                scopes[caller.Index] = scope;
            }
        }

        return problems.Count > 0 ? throw new RuleCompilationException([.. problems.Distinct()])
            : new RuleTables(rules, callers, scopes, store) { Compiled = ordered, Statuses = translation.Statuses };
    }
}
