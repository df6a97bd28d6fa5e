namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Subsets whose labels no pod of the host carries.</summary>
internal static class SubsetAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope)
    {
        var used = scope.Destinations
            .Where(destination => destination.Value.Subset is not null)
            .Select(destination => (scope.Full(destination.Value.Host, destination.Service), destination.Value.Subset!))
            .ToHashSet();
        foreach (var rule in scope.Rules.DestinationRules)
        {
            var full = scope.Full(rule.Host, rule);
            if (scope.Service(full) is not { } service || scope.Known.WorkloadLabels.GetValueOrDefault(service) is not { } workloads)
            {
                continue;
            }

            for (var i = 0; i < rule.Subsets.Count; i++)
            {
                var subset = rule.Subsets[i];
                if (!workloads.Any(labels => subset.Labels.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value)))
                {
                    yield return Empty(rule, i, workloads, used.Contains((full, subset.Name)));
                }
            }
        }
    }

    /// <summary>Where no route uses the subset nothing fails: Istio's own samples name subsets of releases that are seldom deployed.</summary>
    private static Problem Empty(DestinationRule rule, int index, IReadOnlyCollection<IReadOnlyDictionary<string, string>> workloads, bool isUsed)
    {
        var subset = rule.Subsets[index];
        var labels = string.Join(", ", subset.Labels.Select(label => $"{label.Key}: {label.Value}"));
        var versions = workloads
            .SelectMany(each => subset.Labels.Keys.Select(key => each.TryGetValue(key, out var value) ? $"{key}: {value}" : null))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        return rule.Problem(
            isUsed ? Severity.Warning : Severity.Note,
            $"spec.subsets[{index}].labels",
            isUsed ? $"no pod of {rule.Host} has the labels {labels}: requests to the subset {subset.Name} get 503" : $"no pod of {rule.Host} has the labels {labels}",
            versions.Count == 0 ? null : $"there are {Messages.AllOf(versions)}");
    }
}
