using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Routes;

/// <summary>
/// Turns a match of the Gateway API into one of a VirtualService (<c>conversion.go: createURIMatch, createHeadersMatch,
/// createQueryParamsMatch, createMethodMatch, createGRPCURIMatch</c>).
/// </summary>
internal static class RouteMatches
{
    /// <summary>A match with what the API server adds to it: a path that is not named is the prefix <c>/</c>.</summary>
    public static HttpMatchRequest Of(Api.HttpRouteMatch match) => new()
    {
        Uri = Path(match.Path),
        Headers = Values(match.Headers),
        QueryParams = Values(match.QueryParams),
        Method = match.Method is null ? null : new StringMatch { Exact = match.Method },
    };

    public static HttpMatchRequest Of(Api.GrpcRouteMatch match) => new()
    {
        Uri = match.Method is null ? null : Path(match.Method),
        Headers = Values(match.Headers),
    };

    private static StringMatch Path(Api.PathMatch? match)
    {
        var path = match?.Value ?? "/";
        return match?.Type switch
        {
            Api.PathMatchType.Exact => new StringMatch { Exact = path },
            Api.PathMatchType.RegularExpression => new StringMatch { Regex = path },
            _ => new StringMatch { Prefix = path.Length > 1 && path.EndsWith('/') ? path[..^1] : path },
        };
    }

    /// <summary>gRPC's path is <c>/service/method</c>.</summary>
    private static StringMatch Path(Api.GrpcMethodMatch match) =>
        (match.Type == Api.ValueMatchType.RegularExpression, NullIfEmpty(match.Service), NullIfEmpty(match.Method)) switch
        {
            (false, { } service, null) => new StringMatch { Prefix = $"/{service}/" },
            (false, { } service, { } method) => new StringMatch { Exact = $"/{service}/{method}" },
            (_, null, var method) => new StringMatch { Regex = $"/[^/]+/{method}" },
            (true, { } service, null) => new StringMatch { Regex = $"/{service}/.+" },
            (true, { } service, { } method) => new StringMatch { Regex = $"/{service}/{method}" },
        };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Dictionary<string, StringMatch> Values(IReadOnlyList<Api.NamedValueMatch> values)
    {
        var matches = new Dictionary<string, StringMatch>();
        foreach (var value in values)
        {
            matches[value.Name] = value.Type == Api.ValueMatchType.RegularExpression ? new StringMatch { Regex = value.Value }
                : new StringMatch { Exact = value.Value };
        }

        return matches;
    }
}
