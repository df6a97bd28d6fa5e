namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>One thing that a route asks of a request, as data. All conditions of a route must hold.</summary>
/// <param name="Part">The part of the request.</param>
/// <param name="Name">The header's or query parameter's name; empty for the other parts.</param>
/// <param name="Pattern">What its text must be like; null asks only that it is there.</param>
/// <param name="IsInverted">
/// The opposite is asked. A header that is absent then counts as an empty text (<c>treat_missing_header_as_empty</c> of Envoy's
/// HeaderMatcher).
/// </param>
public sealed record RouteCondition(RequestPart Part, string Name, TextPattern? Pattern, bool IsInverted);

/// <summary>What a text must be like.</summary>
/// <param name="Kind">How it is compared.</param>
/// <param name="Text">The text, the prefix, or the RE2 expression that the whole text must match.</param>
/// <param name="IgnoresCase">ASCII letters are compared without case.</param>
public sealed record TextPattern(TextPatternKind Kind, string Text, bool IgnoresCase);

/// <summary>How a text is compared.</summary>
public enum TextPatternKind
{
    /// <summary>It is this text.</summary>
    Exact,

    /// <summary>It begins with this text.</summary>
    Prefix,

    /// <summary>All of it matches this RE2 expression.</summary>
    Regex,
}

/// <summary>The parts of a request that a route can ask about.</summary>
public enum RequestPart
{
    /// <summary>The path without the query.</summary>
    Path,

    /// <summary>The path, and the query behind a question mark where there is one.</summary>
    PathAndQuery,

    /// <summary>The method.</summary>
    Method,

    /// <summary><c>http</c> or <c>https</c>.</summary>
    Scheme,

    /// <summary>The Host header or <c>:authority</c>.</summary>
    Authority,

    /// <summary>A header. Several lines of one name are one text, joined by commas.</summary>
    Header,

    /// <summary>A query parameter, the first of its name, not decoded.</summary>
    QueryParameter,
}
