using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Offline;

/// <summary>
/// A mesh's rules compiled, without a mesh that runs: nothing listens and nothing is sent. It answers by the tables that the traffic
/// would go by. It may be asked from several threads.
/// </summary>
public sealed class OfflineMesh
{
    private readonly MeshOptions _options;
    private readonly IReadOnlyList<Caller> _callers;
    private readonly RuleTables _tables;

    private OfflineMesh(MeshOptions options, RuleSet rules, IReadOnlyList<Caller> callers, RuleCompiler compiler)
    {
        _options = options;
        _callers = callers;
        _tables = compiler.Compile(new RulesInForce(rules, 1, options.Time.GetUtcNow()));
        Callers = [.. _callers.Select(caller => new OfflineCaller(caller, _tables, options.OutboundTrafficPolicy))];
        Rules = [.. _tables.Compiled.VirtualServices.SelectMany(RouteOrigin.AllOf).Select(origin => OutcomeFinder.PlaceOf(origin)!)
            .Distinct()];
    }

    /// <summary>Compiles the rules.</summary>
    /// <param name="options">Services, pods and the gateway; the addresses are not used.</param>
    /// <param name="rules">The whole set.</param>
    /// <exception cref="RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public static OfflineMesh Compile(MeshOptions options, RuleSet rules) => Compile(options, [rules])[0];

    /// <summary>
    /// Compiles several sets of rules for one cluster. Virtual hosts whose rules are the same in two sets that follow each other are the
    /// same virtual hosts.
    /// </summary>
    /// <param name="options">Services, pods and the gateway; the addresses are not used.</param>
    /// <param name="sets">The sets, each whole.</param>
    /// <exception cref="RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public static IReadOnlyList<OfflineMesh> Compile(MeshOptions options, IReadOnlyList<RuleSet> sets)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sets);
        var callers = Registry.Callers.Of(options);
        var store = new ClusterStore(new TrafficMetrics(), new OwnListeners(), options.Randomness, options.Time);
        var compiler = new RuleCompiler(options, callers, store);
        return [.. sets.Select(rules => new OfflineMesh(options, rules, callers, compiler))];
    }

    /// <summary>Everyone who calls through the mesh: pods, and the gateway for callers outside.</summary>
    public IReadOnlyList<OfflineCaller> Callers { get; }

    /// <summary>
    /// Every match of every HTTP rule, whoever it is for: of VirtualServices with delegates in their place, and of what VirtualServices
    /// are made of, routes of the Gateway API and Ingresses.
    /// </summary>
    public IReadOnlyList<RulePlace> Rules { get; }

    /// <summary>The caller of a name: a pod's, a workload's, an app's, or <c>gateway</c>; null where there is none.</summary>
    public OfflineCaller? FindCaller(string name) => CallerNames.Find(_callers, name) is { } caller ? Callers[caller.Index] : null;

    /// <summary>Says where a request would go and why.</summary>
    /// <exception cref="ArgumentException">No caller of the mesh has that name.</exception>
    public Explanation Explain(string caller, SampleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Explainer(_tables, _callers, _options).Explain(caller, request);
    }

    /// <summary>The same for a request whose URL is known.</summary>
    /// <exception cref="ArgumentException">No caller of the mesh has that name.</exception>
    public Explanation Explain(ExplainRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Explainer(_tables, _callers, _options).Explain(request);
    }
}
