using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// What is to be said about one VirtualService, whatever other VirtualServices there are, and what the comparison with those needs of it.
/// It holds for as long as everything else in the scope is the same.
/// </summary>
internal sealed class ServiceFindings
{
    public ServiceFindings(AnalysisScope scope, VirtualService service)
    {
        Service = service;
        Hosts = [.. service.Hosts.Select(host => scope.Full(host, service))];
        var destinations = DestinationReference.Of(service).ToList();
        var names = destinations.Select(each => (each.Value.Host, each.Value.Subset)).Distinct()
            .Select(each => (each.Host, Full: scope.Full(each.Host, service), each.Subset)).ToList();
        Subsets = [.. names.Where(each => each.Subset is not null).Select(each => (each.Host, each.Full, each.Subset!))];
        Wholes = [.. names.Where(each => each.Subset is null).Select(each => (each.Host, each.Full))];
        HostsWithSubsets = [.. service.Hosts.Where(host =>
            destinations.Exists(each => each is { IsRoute: true, Value.Subset: not null } && each.Value.Host == host))];
        LeadsElsewhere = Wholes.Any(each => !Hosts.Contains(each.Full));
        Delegates = service.Hosts.Count == 0 || service.Http.Any(route => route.Delegate is not null);
        JwtClaim = JwtClaimAnalysis.Claim(service);
        Claims = HostAnalysis.ClaimsOf(service, Hosts);
        Problems =
        [
            .. HostAnalysis.Unserved(scope, service),
            .. destinations.SelectMany(destination => DestinationAnalysis.Analyze(scope, destination)),
            .. GatewayAnalysis.Analyze(scope, service),
            .. RouteAnalysis.Analyze(scope, service),
            .. RouteEffectAnalysis.Analyze(service),
            .. MatchEffectAnalysis.Analyze(scope, service),
            .. CoverageAnalysis.Analyze(service),
            .. HiddenResourceAnalysis.Analyze(scope, service),
        ];
    }

    public VirtualService Service { get; }

    /// <summary>Its hosts' full names, in order.</summary>
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>The subsets that its destinations name, each once, with the host as written and in full.</summary>
    public IReadOnlyList<(string Host, string Full, string Subset)> Subsets { get; }

    /// <summary>Its destinations without a subset, each host once, as written and in full.</summary>
    public IReadOnlyList<(string Host, string Full)> Wholes { get; }

    /// <summary>Those of its hosts, as written, that its routes lead to a subset of.</summary>
    public IReadOnlyList<string> HostsWithSubsets { get; }

    /// <summary>Whether one of its destinations without a subset is none of its own hosts.</summary>
    public bool LeadsElsewhere { get; }

    /// <summary>Whether it is a delegate or has any.</summary>
    public bool Delegates { get; }

    /// <summary>Where its first match by a claim of a JWT stands; null where there is none.</summary>
    public string? JwtClaim { get; }

    /// <summary>Its hosts inside the mesh, as each namespace sees them.</summary>
    public IReadOnlyList<HostClaim> Claims { get; }

    /// <summary>What is to be said.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
