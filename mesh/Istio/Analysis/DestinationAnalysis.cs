using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Destinations whose host, port or subset is not there: requests to them fail. Source: <c>analyzers/virtualservice/destinationhosts.go</c>
/// and
/// <c>destinationrules.go</c>.
/// </summary>
internal static class DestinationAnalysis
{
    /// <param name="scope">The rules and what runs.</param>
    /// <param name="destination">The destination.</param>
    public static IEnumerable<Problem> Analyze(AnalysisScope scope, DestinationReference destination)
    {
        var full = scope.Full(destination.Value.Host, destination.Service);
        if (destination.Value.Host.Length == 0 || (HostNames.IsWildcard(full) && scope.ServesAnyOf(full)))
        {
            yield break;
        }

        if (!scope.IsServed(full, destination.Namespaces))
        {
            yield return UnservedHosts.Problem(
                scope,
                destination.Value.Host,
                destination.Service,
                destination.Path.Field("host").ToString(),
                MessageTypes.ReferencedResourceNotFound,
                "these requests get 503");
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

    private static Problem? Port(AnalysisScope scope, DestinationReference destination, string full)
    {
        var host = destination.Value.Host;
        var ports = scope.PortsOf(full);
        if (ports is null || ports.Count == 0)
        {
            return null;
        }

        if (destination.Value.Port is not { } port)
        {
            return ports.Count == 1 ? null : destination.Problem(
                MessageTypes.VirtualServiceDestinationPortSelectorRequired,
                "host",
                $"{host} has the ports {Messages.AllOf(ports.Select(each => $"{each}"))}, and the destination names none: these requests "
                + "get 503",
                $"add port: {{number: {ports.First()}}}");
        }

        return ports.Contains(port) ? null : destination.Problem(
            MessageTypes.ReferencedResourceNotFound, "port", $"{host} does not serve port {port}: these requests get 503",
                $"use {Messages.OneOf(ports.Select(each => $"{each}"))}");
    }

    private static Problem? Subset(AnalysisScope scope, DestinationReference destination, string full)
    {
        var rules = scope.RulesFor(full);
        var names = rules.SelectMany(rule => rule.Subsets).Select(each => each.Name).Distinct().ToList();
        if (names.Contains(destination.Value.Subset!) || rules.Any(scope.IsFaulty))
        {
            return null;
        }

        var (host, subset) = (destination.Value.Host, destination.Value.Subset!);
        if (rules.Count == 0)
        {
            return destination.Problem(
                MessageTypes.ReferencedResourceNotFound,
                "subset",
                $"no DestinationRule for {host} names the subset {subset}: these requests get 503",
                $"add a DestinationRule with host: {host} and the subset {subset}");
        }

        var near = Messages.Nearest(subset, names);
        return destination.Problem(
            MessageTypes.ReferencedResourceNotFound,
            "subset",
            $"{rules[0].Subject} has no subset {subset}: these requests get 503",
            near is not null && Math.Abs(near.Length - subset.Length) <= 1 && subset.Length > 2 ? $"did you mean {near}?" : names.Count == 0
                ? $"add the subset {subset}" : $"it has {Messages.AllOf(names)}");
    }
}
