using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// DestinationRules for hosts that nothing serves, several for one host, hosts that are written in two ways, and rules without a setting.
/// </summary>
internal static class DestinationRuleAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope, IReadOnlyList<ServiceFindings> services)
    {
        foreach (var (full, rules) in scope.RulesByHost)
        {
            foreach (var rule in rules)
            {
                foreach (var problem in Alone(scope, full, rule))
                {
                    yield return problem;
                }
            }

            foreach (var rule in rules.Skip(1)
                .Where(rule => Visibility.Overlap(rule.ExportTo, rule.Namespace, rules[0].ExportTo, rules[0].Namespace)))
            {
                yield return Second(rules[0], rule);
            }
        }

        foreach (var problem in Spellings(scope, services))
        {
            yield return problem;
        }
    }

    private static IEnumerable<Problem> Alone(AnalysisScope scope, string full, DestinationRule rule)
    {
        IReadOnlyCollection<string> namespaces = rule.ExportTo.Count == 0 ? [rule.Namespace]
            : [.. Visibility.Scopes(rule.ExportTo, rule.Namespace)];
        if (HostNames.IsWildcard(full) ? !scope.ServesAnyOf(full) : full.Length > 0 && !scope.IsServed(full, namespaces))
        {
            yield return UnservedHosts.Problem(scope, rule.Host, rule, "spec.host", MessageTypes.UnknownDestinationRuleHost,
                "the rule does nothing");
        }

        if (rule is { Subsets.Count: 0, TrafficPolicy: null })
        {
            yield return rule.Problem(
                MessageTypes.Hint, "spec", "it has neither subsets nor a trafficPolicy, so it changes nothing",
                    "add subsets or a trafficPolicy, or remove it");
        }
    }

    /// <summary>
    /// Istio merges them: the first one's policy, and of subsets with one name the first (<c>pilot/pkg/model/destination_rule.go:
    /// mergeDestinationRule</c>).
    /// </summary>
    private static Problem Second(DestinationRule first, DestinationRule second)
    {
        var lost = second.Subsets.Select(subset => subset.Name).Intersect(first.Subsets.Select(subset => subset.Name)).ToList();
        var losesPolicy = first.TrafficPolicy is not null && second.TrafficPolicy is not null;
        var consequence = (lost.Count > 0, losesPolicy) switch
        {
            (true, true) => $"its trafficPolicy and its subset {string.Join(", ", lost)} do nothing",
            (true, false) => $"its subset {string.Join(", ", lost)} does nothing",
            (false, true) => "its trafficPolicy does nothing",
            _ => "the two are merged",
        };
        return second.Problem(
            lost.Count > 0 || losesPolicy ? MessageTypes.NoEffect : MessageTypes.Hint,
            "spec.host",
            $"{first.Subject} is for the same host: {consequence}",
            "put both into one DestinationRule");
    }

    private static IEnumerable<Problem> Spellings(AnalysisScope scope, IReadOnlyList<ServiceFindings> services)
    {
        var told = new HashSet<DestinationRule>(ReferenceEqualityComparer.Instance);
        foreach (var (service, destination) in services.SelectMany(each => each.Subsets, (each, subset) => (each.Service, subset)))
        {
            foreach (var rule in scope.RulesByHost.GetValueOrDefault(destination.Full) ?? [])
            {
                if (rule.Host != destination.Host && told.Add(rule))
                {
                    yield return rule.Problem(
                        MessageTypes.Hint,
                        "spec.host",
                        $"{service.Subject} writes this host as {destination.Host}: the same service, and easily taken "
                        + "for another",
                        "write the full name in both");
                }
            }
        }
    }
}
