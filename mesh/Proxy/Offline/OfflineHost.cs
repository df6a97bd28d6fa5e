using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Offline;

/// <summary>A virtual host as one caller has it. Two are equal where they are the same routes of the same virtual host.</summary>
public sealed class OfflineHost : IEquatable<OfflineHost>
{
    private readonly VirtualHost _host;
    private readonly RouteTable _routes;

    internal OfflineHost(VirtualHost host, RouteTable routes) => (_host, _routes) = (host, routes);

    /// <summary><c>reviews.default.svc.cluster.local:9080</c>.</summary>
    public string Name => _host.Name;

    /// <summary>The routes in order; the first that matches wins, and a request that none matches is answered 404.</summary>
    public IEnumerable<OfflineRoute> Routes => _routes.Routes.Select(route => new OfflineRoute(route, _host));

    /// <inheritdoc/>
    public bool Equals(OfflineHost? other) => other is not null && ReferenceEquals(_routes, other._routes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OfflineHost);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_routes);
}

/// <summary>A route: what it asks of a request, and what it does.</summary>
public sealed class OfflineRoute
{
    private readonly Route _route;
    private readonly VirtualHost _host;

    internal OfflineRoute(Route route, VirtualHost host) => (_route, _host) = (route, host);

    /// <summary>What is asked of a request; none for every request.</summary>
    public IReadOnlyList<RouteCondition> Conditions => field ??= [.. _route.Match.Conditions];

    /// <summary>
    /// How the path or the location is made from the request. Where this and an outcome are the same for two routes, they do the same with
    /// every request that both match.
    /// </summary>
    public string Shape => field ??= _route.Action switch
    {
        ForwardAction forward => forward.PathRewrite?.Shape ?? "",
        Redirects.RedirectAction redirect => redirect.Shape,
        _ => "",
    };

    /// <summary>What the route does with a request that it matches.</summary>
    public RouteOutcome Decide(SampleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return OutcomeFinder.Of(_route, _host, request.ToInfo());
    }
}
