using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Routes;

/// <summary>
/// The most specific match first: exact paths, then prefixes, then expressions, each the longest first; then those with a method, with
/// more headers, with more parameters. Others stay in their order (<c>conversion.go: sortHTTPRoutes</c>).
/// </summary>
public sealed class RoutePrecedence : IComparer<HttpRoute>
{
    private static readonly RoutePrecedence Instance = new();

    private RoutePrecedence()
    {
    }

    /// <summary>Sorts routes, of which each has one match or none; equal ones stay in their order.</summary>
    public static IReadOnlyList<HttpRoute> Sort(IEnumerable<HttpRoute> routes) => [.. routes.OrderBy(route => route, Instance)];

    /// <summary>Compares two matches: negative where the first is the more specific one, 0 where neither is.</summary>
    /// <param name="one">A match.</param>
    /// <param name="other">Another one.</param>
    public static int Compare(Api.HttpRouteMatch one, Api.HttpRouteMatch other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Instance.Compare(
            new HttpRoute { Match = [RouteMatches.Of(one)] }, new HttpRoute { Match = [RouteMatches.Of(other)] });
    }

    /// <inheritdoc/>
    public int Compare(HttpRoute? x, HttpRoute? y)
    {
        var (one, other) = (x is { Match: [var first, ..] } ? first : null, y is { Match: [var second, ..] } ? second : null);
        if (one is null || other is null)
        {
            return (one is null ? 1 : 0) - (other is null ? 1 : 0);
        }

        int[] differences =
        [
            Rank(other.Uri) - Rank(one.Uri),
            Length(other.Uri) - Length(one.Uri),
            (other.Method is null ? 0 : 1) - (one.Method is null ? 0 : 1),
            other.Headers.Count - one.Headers.Count,
            other.QueryParams.Count - one.QueryParams.Count,
        ];
        return differences.FirstOrDefault(difference => difference != 0);
    }

    private static int Rank(StringMatch? path) => path switch
    {
        { Exact: not null } => 3,
        { Prefix: not null } => 2,
        { Regex: not null } => 1,
        _ => -1,
    };

    private static int Length(StringMatch? path) => (path?.Exact ?? path?.Prefix ?? path?.Regex ?? "").Length;
}
