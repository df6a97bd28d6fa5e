using System.Globalization;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.GatewayApi.Ingresses;

/// <summary>Turns the paths of an Ingress into routes (<c>virtualservices.go: convertIngressRule, sortHTTPRoutes</c>).</summary>
internal sealed class IngressPaths(ClusterFacts facts) : IComparer<HttpRoute>
{
    /// <summary>Where a path stands in its Ingress.</summary>
    public static string Place(int rule, int path) => string.Create(CultureInfo.InvariantCulture, $"spec.rules[{rule}].http.paths[{path}]");

    /// <summary>The routes of a rule, in its order. A path whose backend has no port that is known has none.</summary>
    public IEnumerable<HttpRoute> Routes(Ingress ingress, IngressRule rule, int index) =>
        rule.Paths.Select((path, i) => Route(ingress, path, Place(index, i))).OfType<HttpRoute>();

    /// <summary>The number of a backend's port; null for a name that the Service does not have, and for what is not a Service.</summary>
    public int? PortOf(IngressBackend backend, string @namespace) => backend.Service switch
    {
        null => null,
        { PortNumber: > 0 and var number } => number,
        var service => facts.PortNames.TryGetValue((@namespace, service.Name), out var ports) && service.PortName is { } name
            && ports.TryGetValue(name, out var known) ? known : null,
    };

    /// <summary>The longest path first, of two as long the exact one; others stay in their order.</summary>
    public IReadOnlyList<HttpRoute> Sort(IEnumerable<HttpRoute> routes) => [.. routes.OrderBy(route => route, this)];

    /// <inheritdoc/>
    public int Compare(HttpRoute? x, HttpRoute? y)
    {
        var (one, other) = (PathOf(x), PathOf(y));
        var byLength = Length(other) - Length(one);
        return byLength != 0 ? byLength : (other?.Exact is null ? 0 : 1) - (one?.Exact is null ? 0 : 1);
    }

    private static StringMatch? PathOf(HttpRoute? route) => route is { Match: [var match, ..] } ? match.Uri : null;

    private static int Length(StringMatch? path) => (path?.Exact ?? path?.Prefix ?? "").Length;

    private HttpRoute? Route(Ingress ingress, HttpIngressPath path, string place)
    {
        if (PortOf(path.Backend, ingress.Namespace) is not { } port)
        {
            return null;
        }

        return new HttpRoute
        {
            Match = Match(path) is { } match ? [new HttpMatchRequest { Uri = match }] : [],
            Route =
            [
                new HttpRouteDestination
                {
                    Destination = new Destination
                    {
                        Host = HostNames.OfService(path.Backend.Service!.Name, ingress.Namespace, facts.ClusterDomain),
                        Port = port,
                    },
                    Weight = 100,
                },
            ],
            Origin = new RuleOrigin(ingress, place),
        };
    }

    private static StringMatch? Match(HttpIngressPath path) => path.PathType switch
    {
        IngressPathType.Exact => new StringMatch { Exact = path.Path ?? "" },
        IngressPathType.Prefix => new StringMatch { Prefix = path.Path ?? "" },
        _ => Fallback(path.Path ?? ""),
    };

    /// <summary><c>createFallbackStringMatch</c>; null is any path.</summary>
    private static StringMatch? Fallback(string path) => path switch
    {
        "" or "*" or "/*" or ".*" => null,
        [.. var prefix, '.', '*'] => new StringMatch { Prefix = prefix },
        [.. var prefix, '/', '*'] => new StringMatch { Prefix = prefix },
        _ => new StringMatch { Exact = path },
    };
}
