using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Hosts of VirtualServices inside the mesh: nothing serves them, or another VirtualService has them too
/// (<c>analyzers/virtualservice/conflictingmeshgatewayhosts.go</c>).
/// </summary>
internal static class HostAnalysis
{
    /// <summary>Hosts that more than one VirtualService has.</summary>
    /// <param name="all">All VirtualServices.</param>
    public static IEnumerable<Problem> Conflicts(IReadOnlyList<ServiceFindings> all)
    {
        var hosts = new HashSet<string>(all.Count, StringComparer.Ordinal);
        if (all.All(each => each.Claims.All(claim => claim.Scope == Visibility.All && hosts.Add(claim.Host))))
        {
            yield break;
        }

        var claims = all.SelectMany(each => each.Claims).ToList();
        var byHost = claims.ToLookup(claim => (claim.Scope, claim.Host));
        var forAll = claims.Where(claim => claim.Scope == Visibility.All).ToList();
        var told = new HashSet<VirtualService>(ReferenceEqualityComparer.Instance);
        foreach (var group in byHost)
        {
            // What one namespace sees are its own claims and those for all namespaces.
            if (forAll.Count == claims.Count && !group.Skip(1).Any())
            {
                continue;
            }

            var seen = group.Key.Scope == Visibility.All ? [.. group]
                : group.Concat(forAll.Where(each => Matches(each.Host, group.Key.Host))).ToList();
            var services = seen.Select(claim => claim.Service).Distinct(ReferenceEqualityComparer.Instance).Count();
            foreach (var claim in services > 1 ? seen : [])
            {
                if (told.Add(claim.Service))
                {
                    yield return Conflict(claim, seen);
                }
            }
        }
    }

    private static Problem Conflict(HostClaim claim, List<HostClaim> all)
    {
        var others = all.Where(each => !ReferenceEquals(each.Service, claim.Service))
            .DistinctBy(each => each.Service.Subject)
            .Select(each => $"{each.Service.Subject} ({Place(each.Service, each.Path)})")
            .ToList();
        return claim.Service.Problem(
            MessageTypes.ConflictingMeshGatewayVirtualServiceHosts,
            claim.Path,
            $"{Messages.AllOf(others)} {Messages.Has(others.Count)} the host {claim.Host} too, and Istio takes one VirtualService for a "
            + "host inside the mesh, the oldest",
            "put all routes into one VirtualService, or use delegates");
    }

    /// <summary>The hosts inside the mesh that a VirtualService has.</summary>
    /// <param name="service">The VirtualService.</param>
    /// <param name="hosts">Its hosts' full names, in order.</param>
    public static IReadOnlyList<HostClaim> ClaimsOf(VirtualService service, IReadOnlyList<string> hosts) => !IsForMesh(service) ? [] :
    [
        .. from space in Visibility.Scopes(service.ExportTo, service.Namespace)
           from host in hosts.Select((host, i) => (Full: host, Path: $"spec.hosts[{i}]"))
           select new HostClaim(space, host.Full, service, host.Path),
    ];

    private static bool Matches(string one, string other) => HostNames.IsWithin(one, other) || HostNames.IsWithin(other, one);

    /// <summary>Whether its routes hold for calls inside the mesh. A delegate's are judged where it is named.</summary>
    public static bool IsForMesh(VirtualService service) =>
        service.Gateways.Count == 0 || service.Gateways.Contains(VirtualService.MeshGateway);

    /// <summary>Hosts of a VirtualService inside the mesh that nothing serves.</summary>
    /// <param name="scope">What runs.</param>
    /// <param name="service">The VirtualService.</param>
    public static IEnumerable<Problem> Unserved(AnalysisScope scope, VirtualService service)
    {
        if (!IsForMesh(service))
        {
            yield break;
        }

        for (var i = 0; i < service.Hosts.Count; i++)
        {
            var host = service.Hosts[i];
            var full = scope.Full(host, service);
            if (HostNames.IsWildcard(full) ? scope.ServesAnyOf(full) : scope.Exists(full) || scope.IsServed(full, [service.Namespace])
                || System.Net.IPAddress.TryParse(full, out _))
            {
                continue;
            }

            var problem = UnservedHosts.Problem(scope, host, service, $"spec.hosts[{i}]", MessageTypes.NoEffect,
                "these routes get no calls from inside the mesh");

            // A full name may be one that callers use for something outside; a short one is a service or a mistake.
            var isOutside = scope.Meant(host, service) is null && host.Contains('.', StringComparison.Ordinal);
            yield return isOutside ? problem with { Severity = Severity.Note } : problem;
        }
    }

    private static string Place(VirtualService service, string path)
    {
        var place = service.Source.Find(path);
        return place.Line == 0 ? "made in code" : $"{service.Source.File}:{place.Line}:{place.Column}";
    }
}

/// <summary>A host of a VirtualService, as one namespace (or <c>*</c> for all) sees it.</summary>
/// <param name="Scope">The namespace.</param>
/// <param name="Host">The host's full name.</param>
/// <param name="Service">The VirtualService.</param>
/// <param name="Path">Where it names the host.</param>
internal sealed record HostClaim(string Scope, string Host, VirtualService Service, string Path);
