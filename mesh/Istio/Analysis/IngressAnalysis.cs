using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Routes to a host that another VirtualService has rules for: a destination is a service, and those rules are not followed from there
/// (<c>analyzers/virtualservice/destinationhosts.go: analyzeSubset</c>).
/// </summary>
internal static class IngressAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope)
    {
        var inMesh = scope.Rules.VirtualServices
            .SelectMany(service => service.Hosts.Select(host => (Host: host, Full: scope.Full(host, service), Service: service)))
            .ToList();
        var withSubsets = inMesh.Where(each => each.Service.Http.SelectMany(http => http.Route)
            .Any(route => route.Destination.Subset is not null && route.Destination.Host == each.Host)).ToLookup(each => each.Host);
        var byHost = inMesh.ToLookup(each => each.Full);
        foreach (var destination in scope.Destinations.Where(each => each.Value.Subset is null))
        {
            var isRoute = destination.Path.Parent.Parent.ToString().EndsWith(".route", StringComparison.Ordinal);
            foreach (var other in destination.Service.Gateways.Count > 0 && isRoute ? withSubsets[destination.Value.Host] : [])
            {
                yield return destination.Problem(
                    MessageTypes.IngressRouteRulesNotAffected,
                    "host",
                    $"{other.Service.Subject} chooses a subset of {destination.Value.Host}, and requests that come by this route do not "
                    + "follow it",
                    "name the subset here too, or let a service inside the mesh make the call");
            }

            // Only for what has a name of its own: that a gateway's route to a service does not follow the service's rules is the line
            // above.
            var full = scope.Full(destination.Value.Host, destination.Service);
            var chained = scope.Service(full) is null
                ? byHost[full].FirstOrDefault(each => !ReferenceEquals(each.Service, destination.Service)).Service : null;
            if (chained is not null && isRoute)
            {
                yield return destination.Problem(
                    MessageTypes.Hint, "host",
                        $"a destination is a service: the routes of {chained.Subject} for {destination.Value.Host} are not followed from "
                        + "here");
            }
        }
    }
}
