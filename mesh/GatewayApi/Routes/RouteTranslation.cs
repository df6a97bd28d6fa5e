using System.Globalization;
using Bookinfo.Mesh.GatewayApi.Parents;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Routes;

/// <summary>
/// A route with its parents, its rules for each of both kinds, and its status (<c>route_collections.go: computeRoute</c>).
/// </summary>
internal sealed record RouteTranslation
{
    private readonly IReadOnlyList<BoundParent> _parents;
    private readonly IReadOnlyDictionary<BoundParent, IReadOnlyList<HttpRoute>> _ofMesh;
    private readonly IReadOnlyList<HttpRoute> _ofGateways;

    private RouteTranslation(
        Api.RouteResource route, IReadOnlyList<BoundParent> parents, IReadOnlyDictionary<BoundParent, IReadOnlyList<HttpRoute>> ofMesh,
        IReadOnlyList<HttpRoute> ofGateways, Api.GatewayApiStatus status)
    {
        (Route, _parents, _ofMesh, _ofGateways, Status) = (route, parents, ofMesh, ofGateways, status);
    }

    public Api.RouteResource Route { get; }

    public Api.GatewayApiStatus Status { get; }

    public static RouteTranslation Of(Api.RouteResource route, IReadOnlyList<BoundParent> parents, RouteConverter converter)
    {
        Refusal? meshRefusal = null, gatewayRefusal = null;
        var ofMesh = new Dictionary<BoundParent, IReadOnlyList<HttpRoute>>(ReferenceEqualityComparer.Instance);
        foreach (var parent in parents.Where(parent => parent.IsMesh))
        {
            ofMesh[parent] = converter.Convert(route, parent.Reference, out meshRefusal);
        }

        var ofGateways = parents.Any(parent => !parent.IsMesh) ? converter.Convert(route, null, out gatewayRefusal) : [];
        return new RouteTranslation(route, parents, ofMesh, ofGateways, new Api.GatewayApiStatus(route)
        {
            Parents = [.. parents.GroupBy(parent => parent.Index)
                .Select(group => StatusOf([.. group], group.First().IsMesh ? meshRefusal : gatewayRefusal))],
        });
    }

    public bool IsAttachedTo(ParentListener listener) => _parents.Any(parent => parent.Denied is null && parent.Listener == listener);

    /// <summary>The rules for each host of each parent.</summary>
    public IEnumerable<RoutePiece> Pieces(IReadOnlyList<ServiceEntry> entries, string clusterDomain)
    {
        foreach (var parent in _parents.Where(parent => parent.Denied is null))
        {
            var rules = parent.IsMesh ? _ofMesh[parent] : _ofGateways;
            var gateway = parent.Listener?.GatewayName ?? VirtualService.MeshGateway;
            var key = gateway;
            if (parent.IsMesh)
            {
                key = Route.Namespace;
                if (parent.Reference.Port is { } port)
                {
                    rules = [.. rules.Select(rule => ForPort(rule, port))];
                    key = string.Create(CultureInfo.InvariantCulture, $"{key}/{port}");
                }
            }

            foreach (var host in Hosts(parent, entries, clusterDomain).Where(host => rules.Count > 0 && parent.Gets(host)))
            {
                yield return new RoutePiece($"{key}/{host}", Route, host, gateway, rules);
            }
        }
    }

    private IReadOnlyList<string> Hosts(BoundParent parent, IReadOnlyList<ServiceEntry> entries, string clusterDomain) => parent.Key switch
    {
        { Kind: ParentKind.Service } key => [$"{key.Name}.{key.Namespace}.svc.{clusterDomain}"],
        { Kind: ParentKind.ServiceEntry } key =>
            entries.FirstOrDefault(entry => entry.Namespace == key.Namespace && entry.Name == key.Name)?.Hosts ?? [],
        _ => Route.Hostnames.Count > 0 ? Route.Hostnames : ["*"],
    };

    /// <summary><c>augmentPortMatch</c>.</summary>
    private static HttpRoute ForPort(HttpRoute rule, int port) => rule with
    {
        Match = rule.Match.Count == 0 ? [new HttpMatchRequest { Port = port }]
            : [.. rule.Match.Select(match => match with { Port = port })],
    };

    /// <summary>
    /// One status for each parent that the route names: it is attached where one of its listeners takes it
    /// (<c>conditions.go: createRouteStatus</c>).
    /// </summary>
    private static Api.RouteParentStatus StatusOf(List<BoundParent> bound, Refusal? refusal)
    {
        var count = bound.Count(parent => parent.Denied is null);
        var denied = bound.Select(parent => parent.Denied).OfType<Refusal>().OrderBy(Rank).ToList();
        var accepted = count > 0
            ? Fine.Condition(Api.Condition.Accepted, "Accepted",
                count > 1 ? string.Create(CultureInfo.InvariantCulture, $"Route was valid, bound to {count} parents") : "Route was valid")
            : (denied[0] with
            {
                Message = string.Join("; ", denied.Where(each => each.Reason == denied[0].Reason).Select(each => each.Message)),
            }).ToCondition(Api.Condition.Accepted);
        var resolved = refusal is null
            ? Fine.Condition(Api.Condition.ResolvedRefs, "ResolvedRefs", "All references resolved")
            : refusal.ToCondition(Api.Condition.ResolvedRefs);
        return new Api.RouteParentStatus(bound[0].Reference, bound[0].Index, [accepted, resolved]);
    }

    /// <summary>The gravest reason is told.</summary>
    private static int Rank(Refusal refusal) => refusal.Reason switch
    {
        "NotAllowedByListeners" => 0,
        "NoMatchingListenerHostname" => 1,
        _ => 2,
    };
}

/// <summary>A route's rules for one host of one parent.</summary>
/// <param name="Key">What pieces of several routes are joined by.</param>
/// <param name="Route">The route.</param>
/// <param name="Host">The host.</param>
/// <param name="Gateway">Istio's Gateway, or <c>mesh</c>.</param>
/// <param name="Rules">The rules.</param>
internal sealed record RoutePiece(string Key, Api.RouteResource Route, string Host, string Gateway, IReadOnlyList<HttpRoute> Rules);
