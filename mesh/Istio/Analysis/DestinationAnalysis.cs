namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Destinations whose host, port or subset is not there: requests to them fail.</summary>
internal static class DestinationAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope) => scope.Destinations.SelectMany(destination => Analyze(scope, destination));

    private static IEnumerable<Problem> Analyze(AnalysisScope scope, Destination destination)
    {
        var full = scope.Full(destination.Value.Host, destination.Service);
        if (!scope.IsServed(full))
        {
            var meant = scope.Meant(destination.Value.Host, destination.Service);
            yield return destination.Problem(
                Severity.Warning,
                "host",
                $"nobody serves {destination.Value.Host}: these requests get 503",
                meant is null ? scope.ServedNames() : $"did you mean {meant}?");
            yield break;
        }

        if (Port(scope, destination, full) is { } port)
        {
            yield return port;
        }

        if (destination.Value.Subset is not null && Subset(scope, destination, full) is { } subset)
        {
            yield return subset;
        }
    }

    private static Problem? Port(AnalysisScope scope, Destination destination, string full)
    {
        var ports = scope.Service(full) is { } service ? scope.Known.Ports.GetValueOrDefault(service) : null;
        return destination.Value.Port is { } port && ports is not null && !ports.Contains(port)
            ? destination.Problem(
                Severity.Warning, "port", $"{destination.Value.Host} does not serve port {port}: these requests get 503", $"use {Messages.OneOf(ports.Select(each => $"{each}"))}")
            : null;
    }

    private static Problem? Subset(AnalysisScope scope, Destination destination, string full)
    {
        var rules = scope.RulesFor(full);
        var names = rules.SelectMany(rule => rule.Subsets).Select(each => each.Name).Distinct().ToList();
        if (names.Contains(destination.Value.Subset!))
        {
            return null;
        }

        var (host, subset) = (destination.Value.Host, destination.Value.Subset!);
        if (rules.Count == 0)
        {
            return destination.Problem(
                Severity.Warning,
                "subset",
                $"no DestinationRule for {host} names the subset {subset}: these requests get 503",
                $"add a DestinationRule with host: {host} and the subset {subset}");
        }

        var near = Messages.Nearest(subset, names);
        return destination.Problem(
            Severity.Warning,
            "subset",
            $"{rules[0].Subject} has no subset {subset}: these requests get 503",
            near is not null && Math.Abs(near.Length - subset.Length) <= 1 && subset.Length > 2 ? $"did you mean {near}?" : names.Count == 0 ? $"add the subset {subset}" : $"it has {Messages.AllOf(names)}");
    }
}
