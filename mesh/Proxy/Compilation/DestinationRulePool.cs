using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// The DestinationRules of one namespace by host, those for one host merged where they are exported alike
/// (<c>pilot/pkg/model/destination_rule.go: mergeDestinationRule</c>).
/// </summary>
internal sealed class DestinationRulePool
{
    private readonly Dictionary<string, List<MergedDestinationRule>> _byHost = new(StringComparer.Ordinal);

    /// <summary>Adds a rule. One that is added earlier comes first.</summary>
    public void Add(DestinationRule rule, string host)
    {
        if (!_byHost.TryGetValue(host, out var there))
        {
            _byHost[host] = [new MergedDestinationRule(rule)];
            return;
        }

        var stands = false;
        foreach (var merged in there)
        {
            stands = merged.ExportTo.SetEquals(rule.ExportTo)
                || (merged.ExportTo.Count > 0 && merged.ExportTo.IsSubsetOf(rule.ExportTo));
            if (stands)
            {
                merged.Add(rule);
            }
        }

        if (!stands)
        {
            there.Add(new MergedDestinationRule(rule));
        }
    }

    /// <summary>The rules for the host itself, or for the most specific wildcard that it is of.</summary>
    public IReadOnlyList<MergedDestinationRule> Find(string host) => _byHost.TryGetValue(host, out var exact)
        ? exact
        : _byHost.Where(rules => rules.Key.StartsWith('*') && HostNames.IsWithin(host, rules.Key))
            .OrderByDescending(rules => rules.Key.Length).Select(rules => rules.Value).FirstOrDefault([]);
}

/// <summary>The DestinationRules of one namespace for one host, as one: a subset's first mention and the first policy count.</summary>
internal sealed class MergedDestinationRule(DestinationRule first)
{
    private readonly List<Subset> _subsets = [.. first.Subsets.DistinctBy(subset => subset.Name)];
    private readonly List<DestinationRule> _rules = [first];

    /// <summary>The rules that it is made of, in order.</summary>
    public IReadOnlyList<DestinationRule> Rules => _rules;

    /// <summary>Who sees it: what the first rule says.</summary>
    public HashSet<string> ExportTo { get; } = [.. first.ExportTo];

    /// <summary>The policy of the first rule that has one.</summary>
    public TrafficPolicy? TrafficPolicy { get; private set; } = first.TrafficPolicy;

    /// <summary>The subsets of all of them.</summary>
    public IReadOnlyList<Subset> Subsets => _subsets;

    /// <summary>Adds what the rules before it leave open.</summary>
    public void Add(DestinationRule rule)
    {
        _rules.Add(rule);
        TrafficPolicy ??= rule.TrafficPolicy;
        _subsets.AddRange(rule.Subsets.Where(subset => !_subsets.Exists(there => there.Name == subset.Name)));
    }
}
