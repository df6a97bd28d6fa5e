using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Routes to a host that another VirtualService has rules for: a destination is a service, and those rules are not followed from there
/// (<c>analyzers/virtualservice/destinationhosts.go: analyzeSubset</c>).
/// </summary>
internal static class IngressAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope, IReadOnlyList<ServiceFindings> services)
    {
        // Most rules lead to the hosts that they are for, each by one VirtualService.
        var hosts = new HashSet<string>(services.Count, StringComparer.Ordinal);
        if (services.All(each => !each.LeadsElsewhere && (each.Wholes.Count == 0 || each.Service.Gateways.Count == 0)
            && each.Hosts.All(hosts.Add)))
        {
            yield break;
        }

        var withSubsets = services.SelectMany(each => each.HostsWithSubsets, (each, host) => (Host: host, each.Service))
            .ToLookup(each => each.Host, each => each.Service);
        var byHost = services.SelectMany(each => each.Hosts, (each, host) => (Full: host, each.Service))
            .ToLookup(each => each.Full, each => each.Service);
        foreach (var destination in services.Where(each => Concerns(each, withSubsets, byHost))
            .SelectMany(each => DestinationReference.Of(each.Service)).Where(each => each is { IsRoute: true, Value.Subset: null }))
        {
            foreach (var other in destination.Service.Gateways.Count > 0 ? withSubsets[destination.Value.Host] : [])
            {
                yield return destination.Problem(
                    MessageTypes.IngressRouteRulesNotAffected,
                    "host",
                    $"{other.Subject} chooses a subset of {destination.Value.Host}, and requests that come by this route do not "
                    + "follow it",
                    "name the subset here too, or let a service inside the mesh make the call");
            }

            // Only for what has a name of its own: that a gateway's route to a service does not follow the service's rules is the line
            // above.
            var full = scope.Full(destination.Value.Host, destination.Service);
            var chained = scope.Service(full) is null
                ? byHost[full].FirstOrDefault(each => !ReferenceEquals(each, destination.Service)) : null;
            if (chained is not null)
            {
                yield return destination.Problem(
                    MessageTypes.Hint, "host",
                        $"a destination is a service: the routes of {chained.Subject} for {destination.Value.Host} are not followed from "
                        + "here");
            }
        }
    }

    /// <summary>Whether any of its destinations may be one to tell of: of most VirtualServices none is.</summary>
    private static bool Concerns(ServiceFindings findings, ILookup<string, VirtualService> withSubsets,
        ILookup<string, VirtualService> byHost) =>
        findings.Wholes.Any(destination =>
            (findings.Service.Gateways.Count > 0 && withSubsets.Contains(destination.Host))
            || byHost[destination.Full].Any(each => !ReferenceEquals(each, findings.Service)));
}
