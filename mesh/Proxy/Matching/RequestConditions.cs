using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>One field of a match that is asked of each request.</summary>
internal interface IRequestCondition
{
    /// <summary>Whether the request is as asked.</summary>
    bool Matches(in RequestInfo request);

    /// <summary>What is asked and what the request has, for explanations.</summary>
    string Describe(in RequestInfo request);

    /// <summary>What is asked, for comparing rules.</summary>
    RouteCondition ToRouteCondition();
}

/// <summary>The path, without the query.</summary>
internal sealed class PathCondition(StringMatcher matcher) : IRequestCondition
{
    public StringMatcher Matcher => matcher;

    public bool Matches(in RequestInfo request) => matcher.Matches(request.Path);

    public string Describe(in RequestInfo request) => $"path must be {matcher}; it is \"{request.Path}\"";

    public RouteCondition ToRouteCondition() => new(RequestPart.Path, "", matcher.Pattern, IsInverted: false);
}

/// <summary>
/// Method, scheme, authority or whole path: always there, compared with case. A null <paramref name="matcher"/> asks for presence only.
/// </summary>
internal sealed class TextCondition(RequestPart part, StringMatcher? matcher, bool inverted = false) : IRequestCondition
{
    public bool Matches(in RequestInfo request) => (matcher is null || matcher.Matches(Read(request))) != inverted;

    public string Describe(in RequestInfo request) =>
        $"{Name} must {(inverted ? "not " : "")}be {(matcher is null ? "present" : matcher)}; it is \"{Read(request)}\"";

    public RouteCondition ToRouteCondition() => new(part, "", matcher?.Pattern, inverted);

    private string Name => part == RequestPart.PathAndQuery ? "path and query" : part.ToString().ToLowerInvariant();

    private string Read(in RequestInfo request) => part switch
    {
        RequestPart.Method => request.Method,
        RequestPart.Authority => request.Authority,
        RequestPart.Scheme => request.Scheme,
        RequestPart.PathAndQuery => request.Query.Length > 0 ? $"{request.Path}?{request.Query}" : request.Path,
        _ => throw new InvalidOperationException($"{part} is not a single text of a request."),
    };
}

/// <summary>
/// A query parameter. The first of several with one name counts; names and values are compared undecoded, as Envoy's router does.
/// </summary>
internal sealed class QueryCondition(string name, StringMatcher? value) : IRequestCondition
{
    public bool Matches(in RequestInfo request) =>
        QueryString.TryGet(request.Query, name, out var found) && (value is null || value.Matches(found));

    public string Describe(in RequestInfo request)
    {
        var actual = QueryString.TryGet(request.Query, name, out var found) ? $"it is \"{found}\"" : "it is absent";
        return $"query parameter {name} must be {(value is null ? "present" : value.ToString())}; {actual}";
    }

    public RouteCondition ToRouteCondition() => new(RequestPart.QueryParameter, name, value?.Pattern, IsInverted: false);
}
