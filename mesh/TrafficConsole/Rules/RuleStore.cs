using System.Collections.Immutable;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>
/// Where rules are handed in: by the API, by a watched file, by a canary. All or nothing: rules with errors are refused and the previous
/// rules stay active. One change at a time; each can be undone.
/// </summary>
/// <param name="mesh">The mesh that applies them.</param>
/// <param name="services">What runs, for the analysis.</param>
/// <param name="below">What stands beneath rules that replace those in force; <see cref="RuleSet.Empty"/> for nothing.</param>
/// <param name="inForce">The rules with which the mesh was started, and what is to be said about them.</param>
/// <param name="start">The rules that <see cref="Reset"/> puts in force; null for <paramref name="inForce"/>.</param>
/// <param name="changed">Called with the rules after each change, one call at a time; null for nothing.</param>
public sealed class RuleStore(
    MeshServer mesh, KnownServices services, RuleSet below, PreparedRules inForce, PreparedRules? start = null,
        Action<RuleSet>? changed = null)
{
    /// <summary>How many changes are kept to be undone.</summary>
    public const int Kept = 50;

    private readonly Lock _oneChange = new();
    private readonly PreparedRules _start = start ?? inForce;
    private volatile ActiveRules _active = new(inForce, mesh.Rules);
    private volatile TrafficSnapshot _before = mesh.Traffic();
    private ImmutableList<(RuleChange Change, PreparedRules Before)> _history = [];
    private Action<PreparedRules>? _followers;

    /// <summary>The rules in force, with their warnings and notes.</summary>
    public PreparedRules InForce => _active.Prepared;

    /// <summary>The rules in force and the revision that they are: who is told of a revision can ask for its rules.</summary>
    internal ActiveRules Active => _active;

    /// <summary>The status of each resource of the Gateway API in these rules.</summary>
    public IReadOnlyList<GatewayApiStatus> Statuses => mesh.GatewayApiStatuses;

    /// <summary>The services that the rules are about.</summary>
    internal KnownServices Services => services;

    /// <summary>The latest changes, the newest first; no more than <see cref="Kept"/>.</summary>
    public IReadOnlyList<RuleChange> History => [.. _history.Select(entry => entry.Change).Reverse()];

    /// <summary>Judges rules by other services from now on.</summary>
    /// <param name="known">What runs.</param>
    public void SetServices(KnownServices known) => services = known;

    /// <summary>What the mesh counted since the rules in force came into force.</summary>
    public TrafficSnapshot TrafficSinceChange() => mesh.Traffic().Since(_before);

    /// <summary>Puts rules in force in place of those that are, with the base beneath them.</summary>
    /// <param name="sources">The rules.</param>
    /// <param name="by">Where they come from, for the history.</param>
    /// <returns>What was read; where it has errors, nothing has changed.</returns>
    public PreparedRules Replace(IReadOnlyList<RuleSource> sources, string by = RuleAuthor.Api) =>
        Change(() => PreparedRules.Replacing(sources, below, services), by);

    /// <summary>Reads rules as <see cref="Replace"/> would, and changes nothing.</summary>
    /// <param name="sources">The rules.</param>
    public PreparedRules Check(IReadOnlyList<RuleSource> sources) => PreparedRules.Replacing(sources, below, services);

    /// <summary>Applies rules on top of those in force, as <c>kubectl apply</c> does.</summary>
    /// <param name="sources">The rules.</param>
    /// <param name="by">Where they come from, for the history.</param>
    /// <returns>What was read; where it has errors, nothing has changed.</returns>
    public PreparedRules Apply(IReadOnlyList<RuleSource> sources, string by = RuleAuthor.Api) =>
        Change(() => PreparedRules.Applying(sources, InForce, services), by);

    /// <summary>Applies a rule that is made from those in force, with no change in between.</summary>
    /// <param name="change">Makes it; what it throws is thrown here, and nothing has changed.</param>
    /// <param name="by">Where it comes from, for the history.</param>
    /// <returns>What was read; where it has errors, nothing has changed.</returns>
    public PreparedRules Apply(Func<RuleSet, KnownServices, RuleSource> change, string by = RuleAuthor.Shift) =>
        Change(() => PreparedRules.Applying([change(InForce.Rules, services)], InForce, services), by);

    /// <summary>Reads rules as <see cref="Apply(IReadOnlyList{RuleSource}, string)"/> would, and changes nothing.</summary>
    /// <param name="sources">The rules.</param>
    public PreparedRules CheckApplied(IReadOnlyList<RuleSource> sources) => PreparedRules.Applying(sources, InForce, services);

    /// <summary>Takes rules out of those in force, as <c>kubectl delete</c> does.</summary>
    /// <param name="isRemoved">Says which; what it throws is thrown here, and nothing has changed.</param>
    /// <param name="by">Who asks for it, for the history.</param>
    /// <returns>What is left; where it has errors, nothing has changed.</returns>
    public PreparedRules Remove(Func<Resource, bool> isRemoved, string by) =>
        Change(() => PreparedRules.Removing(isRemoved, InForce, services), by);

    /// <summary>
    /// Tells a follower of the rules in force now, and then of those after each change, one call at a time and in order. A change is
    /// answered after its followers know of it.
    /// </summary>
    /// <param name="follower">Is told.</param>
    public void Follow(Action<PreparedRules> follower)
    {
        ArgumentNullException.ThrowIfNull(follower);
        lock (_oneChange)
        {
            follower(InForce);
            _followers += follower;
        }
    }

    /// <summary>Puts the rules of the start in force again.</summary>
    /// <param name="by">Who asks for it, for the history.</param>
    public PreparedRules Reset(string by = RuleAuthor.Api) => Change(() => _start, by, "reset: the rules of the start");

    /// <summary>Puts the rules in force that were so before a change, whatever came after it.</summary>
    /// <param name="number">The number of the change.</param>
    /// <param name="by">Who asks for it, for the history.</param>
    /// <returns>The rules now in force; null where the history has no change of that number.</returns>
    public PreparedRules? Undo(long number, string by = RuleAuthor.Api)
    {
        var entry = _history.FirstOrDefault(entry => entry.Change.Number == number);
        return entry.Change is null ? null : Change(() => entry.Before, by, $"undone: {entry.Change.What}");
    }

    private PreparedRules Change(Func<PreparedRules> prepare, string by, string? what = null)
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

            var before = InForce;
            var number = _history.IsEmpty ? 1 : _history[^1].Change.Number + 1;
            var change = new RuleChange(number, mesh.Rules.Since, what ?? RuleDifference.Describe(before.Rules, prepared.Rules), by);
            _history = (_history.Count < Kept ? _history : _history.RemoveAt(0)).Add((change, before));
            _before = mesh.Traffic();
            _active = new ActiveRules(prepared, mesh.Rules);
            changed?.Invoke(prepared.Rules);
            _followers?.Invoke(prepared);
            return prepared;
        }
    }
}

/// <summary>Rules in force, as they were prepared and as the mesh numbers them.</summary>
/// <param name="Prepared">What was read.</param>
/// <param name="InForce">Their revision, and since when.</param>
internal sealed record ActiveRules(PreparedRules Prepared, RulesInForce InForce);
