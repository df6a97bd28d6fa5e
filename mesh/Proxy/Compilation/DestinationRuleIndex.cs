using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// The DestinationRule that holds for a service, as callers of one namespace see it: the caller's namespace first, then the service's, then
/// the root namespace; within one the most specific host. Rules of one namespace for one host are merged, the first saying the policy.
/// Source: <c>pilot/pkg/model/push_context.go: destinationRule; destination_rule.go: mergeDestinationRule</c>.
/// </summary>
internal sealed class DestinationRuleIndex
{
    private readonly Dictionary<(string Namespace, string Host), MergedDestinationRule> _exact = [];
    private readonly List<(string Namespace, string Host, MergedDestinationRule Rule)> _wildcards = [];
    private readonly string _callerNamespace;
    private readonly string _rootNamespace;

    public DestinationRuleIndex(IReadOnlyList<DestinationRule> rules, string callerNamespace, MeshOptions options)
    {
        _callerNamespace = callerNamespace;
        _rootNamespace = options.RootNamespace;
        foreach (var rule in rules.Where(rule => Visibility.IsVisible(rule.ExportTo, rule.Namespace, callerNamespace)))
        {
            Add(rule, HostNames.Full(rule.Host, rule.Namespace, options.ClusterDomain));
        }

        _wildcards.Sort((one, other) => other.Host.Length.CompareTo(one.Host.Length));
    }

    public MergedDestinationRule? Find(Service service) =>
        Find(service, _callerNamespace) ?? Find(service, service.Namespace) ?? Find(service, _rootNamespace);

    private MergedDestinationRule? Find(Service service, string @namespace)
    {
        if (_exact.TryGetValue((@namespace, service.Host), out var exact))
        {
            return exact;
        }

        foreach (var (ruleNamespace, host, rule) in _wildcards)
        {
            if (ruleNamespace == @namespace && HostNames.IsWithin(service.Host, host))
            {
                return rule;
            }
        }

        return null;
    }

    private void Add(DestinationRule rule, string host)
    {
        var key = (rule.Namespace, host);
        if (_exact.TryGetValue(key, out var there))
        {
            there.Add(rule);
            return;
        }

        if (_wildcards.Find(wildcard => wildcard.Namespace == rule.Namespace && wildcard.Host == host).Rule is { } wildcardThere)
        {
            wildcardThere.Add(rule);
            return;
        }

        var merged = new MergedDestinationRule(rule);
        if (host.StartsWith('*'))
        {
            _wildcards.Add((rule.Namespace, host, merged));
        }
        else
        {
            _exact[key] = merged;
        }
    }
}

/// <summary>The DestinationRules of one namespace for one host, as one: a subset's first mention and the first policy count.</summary>
internal sealed class MergedDestinationRule(DestinationRule first)
{
    private readonly List<Subset> _subsets = [.. first.Subsets.DistinctBy(subset => subset.Name)];

    public TrafficPolicy? TrafficPolicy { get; private set; } = first.TrafficPolicy;

    public IReadOnlyList<Subset> Subsets => _subsets;

    public void Add(DestinationRule rule)
    {
        TrafficPolicy ??= rule.TrafficPolicy;
        _subsets.AddRange(rule.Subsets.Where(subset => !_subsets.Exists(there => there.Name == subset.Name)));
    }
}
