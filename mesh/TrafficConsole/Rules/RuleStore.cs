using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Compilation;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>
/// Where rules are handed in: by the API, by a watched file, by a canary. All or nothing: rules with errors are turned away and those in force stay. One change at a time.
/// </summary>
/// <param name="mesh">The mesh that applies them.</param>
/// <param name="services">What runs, for the analysis.</param>
/// <param name="below">What stands beneath rules that replace those in force; <see cref="RuleSet.Empty"/> for nothing.</param>
/// <param name="inForce">The rules with which the mesh was started, and what is to be said about them.</param>
/// <param name="start">The rules that <see cref="Reset"/> puts in force; null for <paramref name="inForce"/>.</param>
/// <param name="changed">Called with the rules after each change, one call at a time; null for nothing.</param>
public sealed class RuleStore(
    MeshServer mesh, KnownServices services, RuleSet below, PreparedRules inForce, PreparedRules? start = null, Action<RuleSet>? changed = null)
{
    private readonly Lock _oneChange = new();
    private readonly PreparedRules _start = start ?? inForce;
    private volatile PreparedRules _inForce = inForce;
    private volatile TrafficSnapshot _before = mesh.Traffic();

    /// <summary>The rules in force, with their warnings and notes.</summary>
    public PreparedRules InForce => _inForce;

    /// <summary>What the mesh counted since the rules in force came into force.</summary>
    public TrafficSnapshot TrafficSinceChange() => mesh.Traffic().Since(_before);

    /// <summary>Puts rules in force in place of those that are, with the base beneath them.</summary>
    /// <param name="sources">The rules.</param>
    /// <returns>What was read; where it has errors, nothing has changed.</returns>
    public PreparedRules Replace(params IReadOnlyList<RuleSource> sources) =>
        Change(() => PreparedRules.Replacing(sources, below, services));

    /// <summary>Applies rules on top of those in force, as <c>kubectl apply</c> does.</summary>
    /// <param name="sources">The rules.</param>
    /// <returns>What was read; where it has errors, nothing has changed.</returns>
    public PreparedRules Apply(params IReadOnlyList<RuleSource> sources) =>
        Change(() => PreparedRules.Applying(sources, _inForce, services));

    /// <summary>Applies a rule that is made from those in force, with nobody changing them between.</summary>
    /// <param name="change">Makes it; what it throws is thrown here, and nothing has changed.</param>
    /// <returns>What was read; where it has errors, nothing has changed.</returns>
    public PreparedRules Apply(Func<RuleSet, KnownServices, RuleSource> change) =>
        Change(() => PreparedRules.Applying([change(_inForce.Rules, services)], _inForce, services));

    /// <summary>Puts the rules of the start in force again.</summary>
    public PreparedRules Reset() => Change(() => _start);

    private PreparedRules Change(Func<PreparedRules> prepare)
    {
        lock (_oneChange)
        {
            var prepared = prepare();
            if (prepared.HasErrors)
            {
                return prepared;
            }

            try
            {
                mesh.Apply(prepared.Rules);
            }
            catch (RuleCompilationException e)
            {
                return prepared with { Problems = e.Problems };
            }

            _before = mesh.Traffic();
            _inForce = prepared;
            changed?.Invoke(prepared.Rules);
            return prepared;
        }
    }
}
