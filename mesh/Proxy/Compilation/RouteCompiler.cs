using Bookinfo.Mesh.Proxy.Faults;
using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Redirects;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Rewriting;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Traffic;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>Turns a VirtualService's rules into routes, one for each match (<c>route.go: BuildHTTPRoutesForVirtualService, TranslateRoute</c>).</summary>
internal sealed class RouteCompiler(ClusterSpecs clusters, UpstreamRequest upstream, MeshOptions options, List<Problem> problems)
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
        Name = "default",
        Match = RouteMatch.Any,
        Action = new ForwardAction
        {
            Destinations = new WeightedDestinations([Whole(service)]),
            Randomness = options.Randomness,
            Upstream = upstream,
        },
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
        IRouteAction action = NoAction.Instance;
        try
        {
            match = request is null ? RouteMatch.Any : MatchCompiler.Compile(request);
            action = ActionOf(service, rule, match, port);
        }
        catch (ArgumentException e)
        {
            problems.Add(service.Problem(Severity.Error, origin.Path, e.Message));
        }

        return new Route
        {
            Name = NameOf(rule, request),
            Origin = origin,
            Match = match,
            Action = action,
            Fault = rule.Fault is null ? null : new FaultInjection(rule.Fault, options.Randomness, options.Time),
            ResponseHeaders = HeaderChanges.From(rule.Headers?.Response),
        };
    }

    private IRouteAction ActionOf(VirtualService service, HttpRoute rule, RouteMatch match, int port)
    {
        if (rule.Redirect is not null)
        {
            return new RedirectAction(rule.Redirect, match.Path, port);
        }

        if (rule.DirectResponse is not null)
        {
            return new DirectResponseAction(rule.DirectResponse);
        }

        return new ForwardAction
        {
            Destinations = new WeightedDestinations([.. rule.Route.Select(destination => DestinationOf(service, destination, port))]),
            Randomness = options.Randomness,
            Upstream = upstream,
            RequestHeaders = HeaderChanges.From(rule.Headers?.Request),
            Authority = string.IsNullOrEmpty(rule.Rewrite?.Authority) ? HeaderChanges.Authority(rule.Headers?.Request) : rule.Rewrite.Authority,
            PathRewrite = PathRewriteOf(rule.Rewrite, match.Path),
            Timeout = rule.Timeout,
        };
    }

    private static PathRewrite? PathRewriteOf(HttpRewrite? rewrite, StringMatcher? matched) => rewrite switch
    {
        { UriRegexRewrite: { } regex } => new RegexPathRewrite(regex.Match, regex.Rewrite),
        { Uri: { Length: > 0 } uri } => matched switch
        {
            // A rule that matches no path matches the prefix "/" (route.go: TranslateRouteMatch).
            null => new PrefixRewrite(1, uri),
            PrefixMatcher prefix => new PrefixRewrite(prefix.Prefix.Length, uri),
            _ => new WholePathRewrite(uri),
        },
        _ => null,
    };

    private RouteDestination DestinationOf(VirtualService service, HttpRouteDestination destination, int port)
    {
        var host = HostNames.Resolve(destination.Destination.Host, service.Namespace, options.ClusterDomain);
        var subset = destination.Destination.Subset ?? "";
        return new RouteDestination
        {
            Cluster = clusters.Find(host, subset, destination.Destination.Port),
            ClusterName = Clusters.ClusterSpec.NameOf(host, subset, destination.Destination.Port ?? port),
            Weight = destination.Weight,
            RequestHeaders = HeaderChanges.From(destination.Headers?.Request),
            ResponseHeaders = HeaderChanges.From(destination.Headers?.Response),
            Authority = HeaderChanges.Authority(destination.Headers?.Request),
        };
    }
}
