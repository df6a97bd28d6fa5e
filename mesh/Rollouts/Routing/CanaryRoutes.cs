using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Routing;

/// <summary>
/// Changes a VirtualService for a canary, as Argo does (argo-rollouts <c>rollout/trafficrouting/istio/istio.go</c>): weights of the named
/// routes, and the routes of steps before all others.
/// </summary>
/// <param name="subsets">The subsets that stand for the releases.</param>
/// <param name="managed">The names that routes of steps have, in their order.</param>
public sealed class CanaryRoutes(RoutedSubsets subsets, IReadOnlyList<string> managed)
{
    private const int Whole = 100;

    /// <summary>Gives the canary a share (<c>reconcileVirtualService</c>).</summary>
    /// <param name="rule">The VirtualService.</param>
    /// <param name="routes">The routes that are weighted; empty for the only one.</param>
    /// <param name="percent">0 to 100.</param>
    /// <exception cref="RoutingException">A route or a subset is not there.</exception>
    public VirtualService SetWeight(VirtualService rule, IReadOnlyList<string> routes, int percent)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(routes);
        Validate(rule, routes);
        var mirrors = rule.Http.Where(route => route.Mirror is not null && route.Name is { } name && managed.Contains(name));
        var weighted = Weighted(rule.Http, routes).Concat(mirrors).ToHashSet(ReferenceEqualityComparer.Instance);
        return Order(rule with { Http = [.. rule.Http.Select(route => weighted.Contains(route) ? Weigh(route, percent) : route)] });
    }

    /// <summary>Sends requests with a header to the canary, or takes that route away
    /// (<c>reconcileVirtualServiceHeaderRoutes</c>).</summary>
    /// <param name="rule">The VirtualService.</param>
    /// <param name="routes">The routes that are weighted, for the canary's port.</param>
    /// <param name="step">The route.</param>
    /// <param name="host">The host of the DestinationRule.</param>
    public VirtualService SetHeaderRoute(VirtualService rule, IReadOnlyList<string> routes, SetHeaderRouteStep step, string host)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(step);
        var without = Remove(rule, step.Name);
        return step.Match.Count == 0 ? Order(without) : Order(without with
        {
            Http =
            [
                .. without.Http,
                new HttpRoute
                {
                    Name = step.Name,
                    Match = [.. step.Match.Select(match => new HttpMatchRequest
                    {
                        Headers = new Dictionary<string, StringMatch> { [match.Name] = match.Value },
                    })],
                    Route = [new HttpRouteDestination { Destination = Canary(host, without.Http, routes), Weight = Whole }],
                },
            ],
        });
    }

    /// <summary>Copies requests to the canary, or takes that route away (<c>reconcileVirtualServiceMirrorRoutes</c>).</summary>
    /// <param name="rule">The VirtualService.</param>
    /// <param name="routes">The routes that are weighted: the copied requests go where the first of them sends them.</param>
    /// <param name="step">The route.</param>
    /// <param name="host">The host of the DestinationRule.</param>
    /// <exception cref="RoutingException">The route that is weighted is not there.</exception>
    public VirtualService SetMirrorRoute(VirtualService rule, IReadOnlyList<string> routes, SetMirrorRouteStep step, string host)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(step);
        var without = Remove(rule, step.Name);
        return step.Match.Count == 0 ? Order(without) : Order(without with
        {
            Http =
            [
                new HttpRoute
                {
                    Name = step.Name,
                    Match = step.Match,
                    Route = Weighted(without.Http, routes)[0].Route,
                    Mirror = Canary(host, without.Http, routes),
                    MirrorPercentage = step.Percentage ?? Whole,
                },
                .. without.Http,
            ],
        });
    }

    /// <summary>Takes the routes of steps away (<c>RemoveManagedRoutes</c>).</summary>
    /// <param name="rule">The VirtualService.</param>
    public VirtualService RemoveManaged(VirtualService rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule with { Http = [.. rule.Http.Where(route => !IsManaged(route))] };
    }

    /// <summary>The weighted routes (<c>getHttpRouteIndexesToPatch</c>): those that are named, else the only one, else the first without a
    /// name.</summary>
    internal static IReadOnlyList<HttpRoute> Weighted(IReadOnlyList<HttpRoute> http, IReadOnlyList<string> routes)
    {
        if (routes.Count == 0)
        {
            return http.Count == 1 ? http : [.. http.Where(route => string.IsNullOrEmpty(route.Name)).Take(1)];
        }

        return [.. routes.Select(name => http.FirstOrDefault(route => route.Name == name)
            ?? throw new RoutingException($"HTTP Route '{name}' is not found in the defined Virtual Service."))];
    }

    private void Validate(VirtualService rule, IReadOnlyList<string> routes)
    {
        foreach (var route in Weighted(rule.Http, routes))
        {
            Require(route, subsets.Canary, "Canary");
            Require(route, subsets.Stable, "Stable");
        }

        if (routes.Count == 0 && rule.Http.Count(route => !IsManaged(route)) != 1)
        {
            throw new RoutingException(
                $"{rule.Subject} must have exactly one route, or the Rollout names those to be weighted under virtualService.routes.");
        }
    }

    private static void Require(HttpRoute route, string subset, string role)
    {
        if (route.Route.All(one => one.Destination.Subset != subset))
        {
            throw new RoutingException($"{role} DestinationRule subset '{subset}' not found in route.");
        }
    }

    /// <summary>
    /// Additional subsets keep their weights, at the cost of the stable release. Other destinations go, as far as they have traffic
    /// (<c>processRoutes</c>).
    /// </summary>
    private HttpRoute Weigh(HttpRoute route, int percent)
    {
        var stable = Math.Max(0, Whole - percent - route.Route.Where(IsAdditional).Sum(one => one.Weight));
        return route with
        {
            Route =
            [
                .. route.Route.Where(one => one.Weight == 0 || IsAdditional(one) || one.Destination.Subset == subsets.Canary
                    || one.Destination.Subset == subsets.Stable)
                    .Select(one => one.Destination.Subset == subsets.Canary ? one with { Weight = percent }
                        : one.Destination.Subset == subsets.Stable ? one with { Weight = stable } : one),
            ],
        };
    }

    private bool IsAdditional(HttpRouteDestination one) => one.Destination.Subset is { } subset && subsets.Additional.Contains(subset);

    private Destination Canary(string host, IReadOnlyList<HttpRoute> http, IReadOnlyList<string> routes) => new()
    {
        Host = host,
        Subset = subsets.Canary,
        Port = Weighted(http, routes) is [{ Route: [var first, ..] }, ..] ? first.Destination.Port : null,
    };

    private static VirtualService Remove(VirtualService rule, string name) =>
        rule with { Http = [.. rule.Http.Where(route => route.Name != name)] };

    /// <summary>The routes of steps stand first, in the order of <c>managedRoutes</c> (<c>orderRoutes</c>).</summary>
    private VirtualService Order(VirtualService rule) => managed.Count == 0 ? rule : rule with
    {
        Http = [.. managed.SelectMany(name => rule.Http.Where(route => route.Name == name)), .. rule.Http.Where(route =>
            !IsManaged(route))],
    };

    private bool IsManaged(HttpRoute route) => route.Name is { } name && managed.Contains(name);
}
