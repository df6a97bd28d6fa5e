using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.GatewayApi.Conflicts;

/// <summary>
/// VirtualServices and routes of the Gateway API for one host inside the mesh. Callers in a route's namespace follow the route; for others
/// the first in <see cref="ResourceOrder"/> counts (<c>pilot/pkg/model/virtualservice.go: SelectVirtualServices</c>).
/// </summary>
internal static class MeshConflicts
{
    /// <param name="rules">The rules, with VirtualServices in the place of routes, in order.</param>
    /// <param name="known">What runs.</param>
    public static IEnumerable<Problem> Find(RuleSet rules, KnownServices known)
    {
        var claims = rules.VirtualServices
            .Where(rule => rule.Gateways.Count == 0 || rule.Gateways.Contains(VirtualService.MeshGateway))
            .SelectMany(rule => rule.Hosts.Select((host, i) =>
                (Host: HostNames.Full(host, rule.Namespace, known.ClusterDomain), Index: i, Rule: rule)))
            .Select((claim, order) => new Claim(claim.Host, claim.Index, claim.Rule, order))
            .ToLookup(claim => claim.Host, StringComparer.Ordinal);
        return claims.SelectMany(host => host.Where(claim => claim.Rule.Semantics == RouteSemantics.GatewayApi)
            .SelectMany(route => host.Where(claim => claim.Rule.Semantics == RouteSemantics.Istio)
                .SelectMany(service => Between(service, route, known))));
    }

    private static IEnumerable<Problem> Between(Claim service, Claim route, KnownServices known)
    {
        foreach (var resource in route.Rule.Http.Select(rule => rule.Origin?.Resource).OfType<Resource>().Distinct(
            ReferenceEqualityComparer.Instance).Cast<Resource>())
        {
            yield return service.Rule.Problem(
                MessageTypes.NoEffect,
                $"spec.hosts[{service.Index}]",
                $"{Places.Of(resource)} routes {service.Host} too, and callers in the namespace {resource.Namespace} follow it: "
                + "these routes do nothing for them",
                "put all routes for the host into one of the two");

            // For other namespaces the route holds where it is in the service's own.
            if (service.Order < route.Order && HostNames.NamespaceOf(service.Host, known.ClusterDomain) == resource.Namespace)
            {
                yield return resource.Problem(
                    MessageTypes.Hint,
                    "metadata.name",
                    $"callers in other namespaces follow {Places.Of(service.Rule)} instead, for {service.Host}: "
                    + Places.WhyFirst(service.Rule, route.Rule),
                    "put all routes for the host into one of the two");
            }
        }
    }

    /// <summary>A host of a VirtualService, with its place among all of them.</summary>
    private sealed record Claim(string Host, int Index, VirtualService Rule, int Order);
}
