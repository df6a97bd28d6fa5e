using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>
/// How HTTP requests are routed (<c>apis/v1/httproute_types.go: HTTPRoute</c>). Of all rules for one host, also those of other routes,
/// the one with the most specific match takes a request.
/// </summary>
public sealed record HttpRoute : RouteResource
{
    /// <inheritdoc/>
    public override string Kind => "HTTPRoute";

    /// <summary>The rules. None is one rule for every request, which has no backend.</summary>
    public IReadOnlyList<HttpRouteRule> Rules { get; init => field = Values.List(value); } = Values.None<HttpRouteRule>();
}

/// <summary>Which requests it takes, and what becomes of them.</summary>
public sealed record HttpRouteRule : RouteRule
{
    /// <summary>Any of these must match. Empty matches every request.</summary>
    public IReadOnlyList<HttpRouteMatch> Matches { get; init => field = Values.List(value); } = Values.None<HttpRouteMatch>();

    /// <summary>How long a request may take.</summary>
    public HttpRouteTimeouts? Timeouts { get; init; }

    /// <summary>When a failed request is sent again; of the experimental channel.</summary>
    public HttpRouteRetry? Retry { get; init; }
}

/// <summary>What a request must be like. All that is set must hold.</summary>
public sealed record HttpRouteMatch
{
    /// <summary>The path; null is the prefix <c>/</c>.</summary>
    public PathMatch? Path { get; init; }

    /// <summary>Headers.</summary>
    public IReadOnlyList<NamedValueMatch> Headers { get; init => field = Values.List(value); } = Values.None<NamedValueMatch>();

    /// <summary>Query parameters.</summary>
    public IReadOnlyList<NamedValueMatch> QueryParams { get; init => field = Values.List(value); } = Values.None<NamedValueMatch>();

    /// <summary>The method.</summary>
    public string? Method { get; init; }
}

/// <summary>How the path, without the query, must be.</summary>
public sealed record PathMatch
{
    /// <summary>How it is compared; null is <see cref="PathMatchType.PathPrefix"/>.</summary>
    public PathMatchType? Type { get; init; }

    /// <summary>The path; null is <c>/</c>.</summary>
    public string? Value { get; init; }
}

/// <summary>How a path is compared.</summary>
public enum PathMatchType
{
    /// <summary>As it is.</summary>
    Exact,

    /// <summary>By whole segments: <c>/abc</c> matches <c>/abc/def</c> and not <c>/abcd</c>.</summary>
    PathPrefix,

    /// <summary>The whole path matches an RE2 expression.</summary>
    RegularExpression,
}

/// <summary>How long a request may take. Zero is without a limit.</summary>
public sealed record HttpRouteTimeouts
{
    /// <summary>For the request with all its tries; null is without a limit.</summary>
    public TimeSpan? Request { get; init; }

    /// <summary>For each try; no longer than <see cref="Request"/>.</summary>
    public TimeSpan? BackendRequest { get; init; }
}

/// <summary>When a failed request is sent again (<c>HTTPRouteRetry</c>, GEP-1731).</summary>
public sealed record HttpRouteRetry
{
    /// <summary>Status codes that are retried, beside failures to connect.</summary>
    public IReadOnlyList<int> Codes { get; init => field = Values.List(value); } = Values.None<int>();

    /// <summary>How many retries after the first try; null is 2, as in Istio.</summary>
    public int? Attempts { get; init; }

    /// <summary>Least time between tries.</summary>
    public TimeSpan? Backoff { get; init; }
}
