using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>ServiceEntries that contradict one another, and those without endpoints (<c>analyzers/serviceentry</c>).</summary>
internal static class ServiceEntryAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope) =>
        [.. Conflicts(scope), .. scope.Rules.ServiceEntries.SelectMany(entry => Empty(scope, entry))];

    private static IEnumerable<Problem> Conflicts(AnalysisScope scope)
    {
        var claims = scope.Rules.ServiceEntries
            .SelectMany(entry => Visibility.Scopes(entry.ExportTo, entry.Namespace).SelectMany(space =>
                entry.Hosts.SelectMany(host =>
                    entry.Ports.Select(port => new Claim(space, host, port.Number, port.Protocol?.ToUpperInvariant() ?? "", entry)))))
            .ToList();
        var byPort = claims.ToLookup(claim => (claim.Scope, claim.Host, claim.Port));
        var told = new HashSet<ServiceEntry>(ReferenceEqualityComparer.Instance);
        foreach (var group in byPort)
        {
            var seen = group.Key.Scope == "*" ? [.. group] : group.Concat(byPort[("*", group.Key.Host, group.Key.Port)]).ToList();
            var protocols = seen.Select(claim => claim.Protocol).Distinct().Order(StringComparer.Ordinal).ToList();
            foreach (var claim in protocols.Count > 1 ? seen : [])
            {
                if (told.Add(claim.Entry))
                {
                    yield return claim.Entry.Problem(
                        MessageTypes.ConflictingServiceEntryProtocol,
                        "spec.ports",
                        $"port {claim.Port} of {claim.Host} has the protocols "
                        + $"{Messages.AllOf(protocols.Select(name => name.Length == 0 ? "none" : name))} in "
                        + $"{Messages.AllOf(seen.Select(each => each.Entry.Subject).Distinct())}",
                        "give the port one protocol");
                }
            }
        }
    }

    private static IEnumerable<Problem> Empty(AnalysisScope scope, ServiceEntry entry)
    {
        if (entry is { Resolution: ServiceEntryResolution.Static, Endpoints.Count: 0 } && !scope.IsFaulty(entry))
        {
            var followed = scope.Rules.VirtualServices.FirstOrDefault(service =>
                service.Hosts.Any(host => entry.Hosts.Select(each => scope.Full(each, entry)).Contains(scope.Full(host, service))));
            yield return entry.Problem(
                MessageTypes.RequestsFail,
                "spec.resolution",
                "the ServiceEntry is STATIC and has no endpoints: requests to it get 503",
                followed is null ? "add endpoints"
                    : $"add endpoints; a route to this host does not follow the routes of {followed.Subject}");
        }
    }

    private sealed record Claim(string Scope, string Host, int Port, string Protocol, ServiceEntry Entry);
}
