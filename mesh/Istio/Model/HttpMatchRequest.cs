namespace Bookinfo.Mesh.Istio.Model;

/// <summary>What a request must be like. All that is set must hold.</summary>
public sealed record HttpMatchRequest
{
    /// <summary>A name for logs and messages.</summary>
    public string? Name { get; init; }

    /// <summary>The path without the query. A prefix is a plain string prefix: <c>/rev</c> matches <c>/reviews</c>.</summary>
    public StringMatch? Uri { get; init; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public StringMatch? Scheme { get; init; }

    /// <summary>The method, case-sensitive.</summary>
    public StringMatch? Method { get; init; }

    /// <summary>The host the caller named, case-sensitive.</summary>
    public StringMatch? Authority { get; init; }

    /// <summary>Headers by name. A value that <see cref="StringMatch.IsPresence"/> asks only that the header is there.</summary>
    public IReadOnlyDictionary<string, StringMatch> Headers { get; init => field = Values.Map(value); } = Values.NoMap<StringMatch>();

    /// <summary>The port the caller dialled.</summary>
    public int? Port { get; init; }

    /// <summary>Labels the caller's workload must have.</summary>
    public IReadOnlyDictionary<string, string> SourceLabels { get; init => field = Values.Map(value); } = Values.NoMap<string>();

    /// <summary>Gateways this match holds for, instead of the VirtualService's.</summary>
    public IReadOnlyList<string> Gateways { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Query parameters by name.</summary>
    public IReadOnlyDictionary<string, StringMatch> QueryParams { get; init => field = Values.Map(value); } = Values.NoMap<StringMatch>();

    /// <summary>Exact and prefix matches of <see cref="Uri"/> ignore case.</summary>
    public bool IgnoreUriCase { get; init; }

    /// <summary>Headers by name that must not match.</summary>
    public IReadOnlyDictionary<string, StringMatch> WithoutHeaders { get; init => field = Values.Map(value); } =
        Values.NoMap<StringMatch>();

    /// <summary>The namespace of the caller's workload.</summary>
    public string? SourceNamespace { get; init; }
}

/// <summary>How a text must be. At most one of the three is set; none asks only that it is there.</summary>
public sealed record StringMatch
{
    /// <summary>Exactly this.</summary>
    public string? Exact { get; init; }

    /// <summary>Starts with this.</summary>
    public string? Prefix { get; init; }

    /// <summary>The whole text matches this RE2 expression (<see href="https://github.com/google/re2/wiki/Syntax"/>).</summary>
    public string? Regex { get; init; }

    /// <summary>
    /// Asks only that a header or parameter is there: nothing is set, or the expression is <c>*</c>
    /// (<c>pilot/pkg/networking/core/route/route.go: canBeConvertedToPresentMatch</c>).
    /// </summary>
    public bool IsPresence => this is { Exact: null, Prefix: null, Regex: null or "*" };
}
