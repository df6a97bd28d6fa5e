using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>
/// Which rule takes a request, as the specification says it (<c>apis/v1/httproute_types.go: HTTPRouteRule.Matches</c> of
/// kubernetes-sigs/gateway-api), one criterion after the other. Expressions are left to the implementation, and not here.
/// </summary>
internal static class RoutePrecedenceReference
{
    /// <summary>A match that takes a request.</summary>
    /// <param name="Route">Its route.</param>
    /// <param name="Index">The rule's position in the route.</param>
    /// <param name="Match">The match.</param>
    public sealed record Candidate(HttpRoute Route, int Index, HttpRouteMatch Match)
    {
        public HttpRouteRule Rule => Route.Rules[Index];
    }

    /// <summary>All the matches of the routes that take a request.</summary>
    public static IReadOnlyList<Candidate> Candidates(IReadOnlyList<HttpRoute> routes, SampleRequest request) =>
    [
        .. routes.SelectMany(route => route.Rules.SelectMany((rule, i) =>
            rule.Matches.Where(match => Takes(match, request)).Select(match => new Candidate(route, i, match)))),
    ];

    /// <summary>The one that goes before all others; null where there is none.</summary>
    public static Candidate? Winner(IReadOnlyList<Candidate> candidates) =>
        candidates.FirstOrDefault(one => candidates.All(other => one.Rule == other.Rule || !Beats(other, one)));

    private static bool Takes(HttpRouteMatch match, SampleRequest request) =>
        TakesPath(match.Path, request.Path)
        && (match.Method is null || match.Method == request.Method)
        && match.Headers.All(header => request.Headers.Any(sent => sent.Key == header.Name && sent.Value == header.Value))
        && match.QueryParams.All(parameter => request.Query.Split('&').Contains($"{parameter.Name}={parameter.Value}"));

    /// <summary>A prefix matches by whole elements; no path is the prefix <c>/</c>.</summary>
    private static bool TakesPath(PathMatch? match, string path) => match switch
    {
        null or { Type: not PathMatchType.Exact, Value: "/" } => true,
        { Type: PathMatchType.Exact } => path == match.Value,
        _ => path == match.Value || path.StartsWith($"{match.Value}/", StringComparison.Ordinal),
    };

    private static bool Beats(Candidate one, Candidate other)
    {
        // "Exact" path match.
        if (IsExact(one.Match) != IsExact(other.Match))
        {
            return IsExact(one.Match);
        }

        // "Prefix" path match with largest number of characters.
        if (Characters(one.Match) != Characters(other.Match))
        {
            return Characters(one.Match) > Characters(other.Match);
        }

        // Method match.
        if (one.Match.Method is null != other.Match.Method is null)
        {
            return one.Match.Method is not null;
        }

        // Largest number of header matches.
        if (one.Match.Headers.Count != other.Match.Headers.Count)
        {
            return one.Match.Headers.Count > other.Match.Headers.Count;
        }

        // Largest number of query param matches.
        if (one.Match.QueryParams.Count != other.Match.QueryParams.Count)
        {
            return one.Match.QueryParams.Count > other.Match.QueryParams.Count;
        }

        // The first rule of a route; the oldest route; the first in alphabetical order by "{namespace}/{name}".
        return one.Route == other.Route ? one.Index < other.Index
            : one.Route.Metadata.CreationTimestamp != other.Route.Metadata.CreationTimestamp
                ? one.Route.Metadata.CreationTimestamp < other.Route.Metadata.CreationTimestamp
                : string.CompareOrdinal(one.Route.Name, other.Route.Name) < 0;
    }

    private static bool IsExact(HttpRouteMatch match) => match.Path?.Type == PathMatchType.Exact;

    private static int Characters(HttpRouteMatch match) => IsExact(match) ? 0 : match.Path?.Value?.Length ?? 1;
}
