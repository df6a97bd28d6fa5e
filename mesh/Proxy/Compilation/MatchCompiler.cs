using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// Turns one entry of <c>match</c> into what is asked of each request. What is asked of the caller is decided in
/// <see cref="SourceFilter"/>.
/// </summary>
internal static class MatchCompiler
{
    /// <exception cref="ArgumentException">An expression is none that RE2 knows.</exception>
    public static RouteMatch Compile(HttpMatchRequest match)
    {
        var path = match.Uri is { IsPresence: false } uri ? new PathCondition(StringMatchers.Create(uri, match.IgnoreUriCase)!) : null;
        var conditions = new List<IRequestCondition>();
        if (path is not null)
        {
            conditions.Add(path);
        }

        AddText(conditions, "method", match.Method, static request => request.Method);
        AddText(conditions, "authority", match.Authority, static request => request.Authority);
        AddText(conditions, "scheme", match.Scheme, static request => request.Scheme);
        conditions.AddRange(match.Headers.Select(header => Header(header.Key, header.Value, inverted: false)));
        conditions.AddRange(match.WithoutHeaders.Select(header => Header(header.Key, header.Value, inverted: true)));
        conditions.AddRange(match.QueryParams.Select(parameter =>
            new QueryCondition(parameter.Key, StringMatchers.Create(parameter.Value))));
        return new RouteMatch([.. conditions], path);
    }

    private static void AddText(List<IRequestCondition> conditions, string name, StringMatch? match, Func<RequestInfo, string> read)
    {
        if (match is { IsPresence: false })
        {
            conditions.Add(new TextCondition(name, read, StringMatchers.Create(match)!));
        }
    }

    private static IRequestCondition Header(string name, StringMatch match, bool inverted)
    {
        var matcher = StringMatchers.Create(match);
        return name switch
        {
            ":method" => new TextCondition("method", static request => request.Method, matcher, inverted),
            ":authority" => new TextCondition("authority", static request => request.Authority, matcher, inverted),
            ":scheme" => new TextCondition("scheme", static request => request.Scheme, matcher, inverted),
            ":path" => new TextCondition(
                "path and query", static request => request.Query.Length > 0 ? $"{request.Path}?{request.Query}" : request.Path, matcher,
                    inverted),
            _ => new HeaderMatcher(name, matcher, inverted),
        };
    }
}
