using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Subsets whose labels no pod of the host carries (<c>analyzers/destinationrule/subset.go</c>).</summary>
internal static class SubsetAnalysis
{
    /// <summary>Labels that a cluster takes from the node of a pod; nothing is known of nodes. An empty one fits none.</summary>
    private const string TopologyLabel = "topology.";

    public static IEnumerable<Problem> Analyze(AnalysisScope scope, IReadOnlyList<ServiceFindings> services)
    {
        var used = services.SelectMany(each => each.Subsets).Select(each => (each.Full, each.Subset)).ToHashSet();
        foreach (var rule in scope.Rules.DestinationRules)
        {
            var full = scope.Full(rule.Host, rule);
            if (scope.Service(full)?.Workloads is not { } workloads)
            {
                continue;
            }

            // Every release of the demo is known, whether it runs or not; that a release of its own is missing is not a fault where no
            // route goes there.
            var isOwn = scope.Known.Objects.Services.Any(service =>
                HostNames.Full(service.Name, service.Namespace, scope.Known.ClusterDomain) == full);
            for (var i = 0; i < rule.Subsets.Count; i++)
            {
                var subset = rule.Subsets[i];
                if (!subset.Labels.Any(label => label.Key.StartsWith(TopologyLabel, StringComparison.Ordinal) && label.Value.Length > 0)
                    && !workloads.Any(labels => Labels.Fit(subset.Labels, labels)))
                {
                    yield return Empty(rule, i, workloads, used.Contains((full, subset.Name)), isOwn);
                }
            }
        }
    }

    /// <summary>
    /// Where no route uses the subset nothing fails: Istio's own samples name subsets of releases that are seldom deployed.
    /// </summary>
    private static Problem Empty(DestinationRule rule, int index, IReadOnlyCollection<IReadOnlyDictionary<string, string>> workloads,
        bool isUsed, bool isOwn)
    {
        var subset = rule.Subsets[index];
        var labels = Labels.Text(subset.Labels);
        var versions = workloads
            .SelectMany(each => subset.Labels.Keys.Select(key => each.TryGetValue(key, out var value) ? $"{key}: {value}" : null))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var problem = rule.Problem(
            MessageTypes.DestinationRuleSubsetNotSelectPods,
            $"spec.subsets[{index}].labels",
            isUsed ? $"no pod of {rule.Host} has the labels {labels}: requests to the subset {subset.Name} get 503"
                : $"no pod of {rule.Host} has the labels {labels}",
            versions.Count == 0 ? null : $"there are {Messages.AllOf(versions)}");
        return isUsed || isOwn ? problem : problem with { Severity = Severity.Note };
    }
}
