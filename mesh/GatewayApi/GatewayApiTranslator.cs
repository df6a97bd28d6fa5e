using Bookinfo.Mesh.GatewayApi.Parents;
using Bookinfo.Mesh.GatewayApi.Routes;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi;

/// <summary>
/// Turns resources of the Gateway API into VirtualServices and Gateways as istiod does (<c>pilot/pkg/config/kube/gateway</c> of
/// istio/istio: <c>route_collections.go</c>, <c>gateway_collection.go</c>, <c>conversion.go</c>): there is one VirtualService for each
/// host of each listener, with the rules of all routes for it, the most specific match first.
/// </summary>
public static class GatewayApiTranslator
{
    /// <summary>Translates; a set without resources of the Gateway API stays as it is.</summary>
    /// <param name="rules">All the rules: ServiceEntries may be parents and backends of routes.</param>
    /// <param name="facts">What there is in the cluster.</param>
    public static GatewayApiTranslation Translate(RuleSet rules, ClusterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(facts);
        if (rules.GatewayApi.Count == 0)
        {
            return new GatewayApiTranslation(rules, []);
        }

        var classes = new GatewayClasses(rules.GatewayApi.OfType<Api.GatewayClass>());
        var grants = new ReferenceGrants([.. rules.GatewayApi.OfType<Api.ReferenceGrant>()]);
        var listeners = new ListenerTable(rules.GatewayApi, classes, grants, facts);
        var binder = new ParentBinder(listeners, rules.ServiceEntries, facts);
        var converter = new RouteConverter(new Backends(grants, rules.ServiceEntries, facts));
        var routes = rules.GatewayApi.OfType<Api.RouteResource>()
            .Select(route => RouteTranslation.Of(route, binder.Bind(route), converter)).ToList();
        var order = rules.GatewayApi.Select((resource, i) => (resource, i)).ToDictionary(
            pair => pair.resource, pair => pair.i, (IEqualityComparer<GatewayApiResource>)ReferenceEqualityComparer.Instance);
        return new GatewayApiTranslation(
            rules with
            {
                VirtualServices = [.. rules.VirtualServices, .. Merge(routes, rules.ServiceEntries, facts.ClusterDomain)],
                Gateways = [.. rules.Gateways, .. listeners.Gateways],
                GatewayApi = [],
            },
            [
                .. classes.Statuses()
                    .Concat(listeners.Statuses(listener => routes.Count(route => route.IsAttachedTo(listener))))
                    .Concat(routes.Select(route => route.Status))
                    .OrderBy(status => order[status.Resource]),
            ]);
    }

    /// <summary>One VirtualService for each gateway and host, or namespace, port and host (<c>mergeHTTPRoutes</c>).</summary>
    private static IEnumerable<VirtualService> Merge(
        IEnumerable<RouteTranslation> routes, IReadOnlyList<ServiceEntry> entries, string clusterDomain)
    {
        var pieces = routes.SelectMany(route => route.Pieces(entries, clusterDomain)).ToList();
        foreach (var group in pieces.GroupBy(piece => piece.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var ordered = group.OrderBy(piece => piece.Route, RouteOrder.Instance).ToList();
            var first = ordered[0];
            yield return new VirtualService
            {
                Metadata = new Metadata
                {
                    Name = group.Key.Replace('/', '~'),
                    Namespace = first.Route.Namespace,
                    CreationTimestamp = first.Route.Metadata.CreationTimestamp,
                },
                Source = first.Route.Source,
                Semantics = RouteSemantics.GatewayApi,
                Hosts = [first.Host],
                Gateways = [first.Gateway],
                Http = RoutePrecedence.Sort(ordered.SelectMany(piece => piece.Rules)),
            };
        }
    }
}
