using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// Turns one entry of <c>match</c> into what is asked of each request. What is asked of the caller is decided in
/// <see cref="SourceFilter"/>.
/// </summary>
internal static class MatchCompiler
{
    /// <exception cref="ArgumentException">An expression is none that RE2 knows.</exception>
    public static RouteMatch Compile(HttpMatchRequest match, RouteSemantics semantics)
    {
        var path = match.Uri is { IsPresence: false } uri ? new PathCondition(PathOf(uri, match.IgnoreUriCase, semantics)) : null;
        var conditions = new List<IRequestCondition>();
        if (path is not null)
        {
            conditions.Add(path);
        }

        AddText(conditions, RequestPart.Method, match.Method);
        AddText(conditions, RequestPart.Authority, match.Authority);
        AddText(conditions, RequestPart.Scheme, match.Scheme);
        conditions.AddRange(match.Headers.Select(header => Header(header.Key, header.Value, inverted: false)));
        conditions.AddRange(match.WithoutHeaders.Select(header => Header(header.Key, header.Value, inverted: true)));
        conditions.AddRange(match.QueryParams.Select(parameter =>
            new QueryCondition(parameter.Key, StringMatchers.Create(parameter.Value))));
        return new RouteMatch([.. conditions], path);
    }

    /// <summary>Outside VirtualServices, a prefix is one of whole segments (<c>route.go: TranslateRouteMatch</c>).</summary>
    private static StringMatcher PathOf(StringMatch match, bool ignoreCase, RouteSemantics semantics) =>
        semantics != RouteSemantics.Istio && match.Prefix is { } prefix and not "/" ? new PathPrefixMatcher(prefix.TrimEnd('/'))
            : StringMatchers.Create(match, ignoreCase)!;

    private static void AddText(List<IRequestCondition> conditions, RequestPart part, StringMatch? match)
    {
        if (match is { IsPresence: false })
        {
            conditions.Add(new TextCondition(part, StringMatchers.Create(match)!));
        }
    }

    private static IRequestCondition Header(string name, StringMatch match, bool inverted)
    {
        var matcher = StringMatchers.Create(match);
        return name switch
        {
            ":method" => new TextCondition(RequestPart.Method, matcher, inverted),
            ":authority" => new TextCondition(RequestPart.Authority, matcher, inverted),
            ":scheme" => new TextCondition(RequestPart.Scheme, matcher, inverted),
            ":path" => new TextCondition(RequestPart.PathAndQuery, matcher, inverted),
            _ => new HeaderMatcher(name, matcher, inverted),
        };
    }
}
