using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Cors;
using Bookinfo.Mesh.Proxy.Faults;
using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Mirroring;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Redirects;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Rewriting;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Sessions;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// Turns a VirtualService's rules into routes, one for each match (<c>route.go: BuildHTTPRoutesForVirtualService, TranslateRoute</c>).
/// </summary>
internal sealed class RouteCompiler(
    ServiceRegistry registry, ClusterSpecs clusters, MeshOptions options, List<Problem> problems)
{
    /// <summary>The routes for callers that pass <paramref name="accepts"/>; rules behind one that takes everything are left out.</summary>
    public List<Route> Compile(VirtualService service, int port, Func<HttpMatchRequest, bool> accepts)
    {
        var routes = new List<Route>();
        for (var i = 0; i < service.Http.Count; i++)
        {
            var rule = service.Http[i];
            if (rule.Match.Count == 0)
            {
                routes.Add(Compile(service, i, -1, port));
                break;
            }

            for (var m = 0; m < rule.Match.Count; m++)
            {
                if (!accepts(rule.Match[m]))
                {
                    continue;
                }

                var route = Compile(service, i, m, port);
                routes.Add(route);
                if (route.Match.IsCatchAll)
                {
                    return routes;
                }
            }
        }

        return routes;
    }

    /// <summary>The route of a service that no VirtualService speaks of: all its pods.</summary>
    public Route Default(Service service) => new()
    {
        Name = Route.DefaultName,
        Match = RouteMatch.Any,
        Action = new ForwardAction
        {
            Destinations = new WeightedDestinations([Whole(service)]),
            Plan = new ForwardPlan(null, RetryPolicy.From(null, byHash: false), []),
        },
    };

    /// <summary>The route of a service to which bytes are forwarded: all its pods, without retries.</summary>
    public Route Plain(Service service) => new()
    {
        Name = Route.DefaultName,
        Match = RouteMatch.Any,
        Action = new ForwardAction { Destinations = new WeightedDestinations([Whole(service)]), Plan = ForwardPlan.Plain },
    };

    private static string NameOf(HttpRoute rule, HttpMatchRequest? match) =>
        string.IsNullOrEmpty(match?.Name) ? rule.Name ?? "" : $"{rule.Name}.{match.Name}";

    private RouteDestination Whole(Service service)
    {
        var cluster = clusters.Find(service, "")!;
        return new RouteDestination { Cluster = cluster, ClusterName = cluster.Name, Weight = 1 };
    }

    private Route Compile(VirtualService service, int ruleIndex, int matchIndex, int port)
    {
        var rule = service.Http[ruleIndex];
        var request = matchIndex < 0 ? null : rule.Match[matchIndex];
        var origin = new RouteOrigin(service, ruleIndex, matchIndex);
        var match = RouteMatch.Any;
        CorsFilter? cors = null;
        HeaderChanges? responseHeaders = null;
        RouteAction action = RouteAction.None;
        try
        {
            match = request is null ? RouteMatch.Any : MatchCompiler.Compile(request, service.Semantics);
            action = ActionOf(service, rule, match, port);
            cors = rule.CorsPolicy is null ? null : new CorsFilter(rule.CorsPolicy);
            responseHeaders = HeaderChanges.Of(rule.Headers?.Response, OnlyDestination(rule)?.Headers?.Response);
        }
        catch (ArgumentException e)
        {
            problems.Add(origin.Resource.Problem(Severity.Error, origin.Path, e.Message));
        }

        return new Route
        {
            Name = NameOf(rule, request),
            Origin = origin,
            Match = match,
            Action = action,
            Fault = rule.Fault is null ? null : new FaultInjection(rule.Fault, options.Randomness, options.Time),
            Cors = cors,
            ResponseHeaders = responseHeaders,
        };
    }

    private RouteAction ActionOf(VirtualService service, HttpRoute rule, RouteMatch match, int port)
    {
        if (rule.Redirect is not null)
        {
            return new RedirectAction(rule.Redirect, match.Path, port);
        }

        if (rule.DirectResponse is not null)
        {
            return new DirectResponseAction(rule.DirectResponse);
        }

        var destinations = rule.Route.Select(destination => DestinationOf(service, destination, port, ownHeaders: rule.Route.Count > 1))
            .ToList();
        // Only a single destination's hash decides on retries (route.go: applyHTTPRouteDestination).
        var byHash = destinations.Count == 1 && destinations[0].Cluster?.Policy.LoadBalancer?.ConsistentHash is not null;
        return new ForwardAction
        {
            Destinations = new WeightedDestinations(destinations),
            RequestHeaders = HeaderChanges.Of(rule.Headers?.Request, OnlyDestination(rule)?.Headers?.Request),
            Authority = string.IsNullOrEmpty(rule.Rewrite?.Authority)
                ? HeaderChanges.Authority(rule.Headers?.Request)
                : HeaderChanges.CheckAuthority(rule.Rewrite.Authority),
            PathRewrite = PathRewriteOf(rule.Rewrite, match.Path, service.Semantics),
            MissingStatus = service.Semantics == RouteSemantics.GatewayApi ? 500 : ForwardAction.UsualMissingStatus,
            Session = rule.Session is null ? null : new StatefulSession(rule.Session, options.Time),
            Plan = new ForwardPlan(rule.Timeout, RetryPolicy.From(rule.Retries, byHash), [.. MirrorsOf(service, rule)]),
        };
    }

    private static PathRewrite? PathRewriteOf(HttpRewrite? rewrite, StringMatcher? matched, RouteSemantics semantics) => rewrite switch
    {
        { UriRegexRewrite: { } regex } => new RegexPathRewrite(regex.Match, regex.Rewrite),
        { Uri: "/" } when semantics == RouteSemantics.GatewayApi => new PrefixRemoval((matched as PathPrefixMatcher)?.Prefix ?? ""),
        { Uri: { Length: > 0 } uri } => matched switch
        {
            // A rule that matches no path matches the prefix "/" (route.go: TranslateRouteMatch).
            null => new PrefixRewrite("/", uri),
            PrefixMatcher prefix => new PrefixRewrite(prefix.Prefix, uri),
            PathPrefixMatcher prefix => new PrefixRewrite(prefix.Prefix, uri),
            _ => new WholePathRewrite(uri),
        },
        _ => null,
    };

    private IEnumerable<Mirror> MirrorsOf(VirtualService service, HttpRoute rule)
    {
        if (rule.Mirror is not null)
        {
            yield return new Mirror(ClusterOf(service, rule.Mirror), rule.MirrorPercentage ?? 100, options.Randomness, options.Time);
        }

        foreach (var mirror in rule.Mirrors)
        {
            yield return new Mirror(ClusterOf(service, mirror.Destination), mirror.Percentage ?? 100, options.Randomness, options.Time);
        }
    }

    private ClusterSpec? ClusterOf(VirtualService service, Destination destination) =>
        clusters.Find(HostNames.Full(destination.Host, service.Namespace, options.ClusterDomain), destination.Subset, destination.Port);

    /// <summary>
    /// The header operations of an only destination follow the route's; those of one among several come before them
    /// (<c>route.go: processDestination, processWeightedDestination</c>).
    /// </summary>
    private static HttpRouteDestination? OnlyDestination(HttpRoute rule) => rule.Route.Count == 1 ? rule.Route[0] : null;

    private RouteDestination DestinationOf(VirtualService service, HttpRouteDestination destination, int port, bool ownHeaders)
    {
        var host = HostNames.Full(destination.Destination.Host, service.Namespace, options.ClusterDomain);
        var subset = destination.Destination.Subset ?? "";
        return new RouteDestination
        {
            Cluster = clusters.Find(host, subset, destination.Destination.Port),
            Service = registry.Find(host, destination.Destination.Port),
            ClusterName = ClusterSpec.NameOf(host, subset, destination.Destination.Port ?? port),
            Weight = destination.Weight,
            RequestHeaders = ownHeaders ? HeaderChanges.Of(destination.Headers?.Request) : null,
            ResponseHeaders = ownHeaders ? HeaderChanges.Of(destination.Headers?.Response) : null,
            Authority = HeaderChanges.Authority(destination.Headers?.Request),
        };
    }
}
