using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>
/// What is done with a request or its answer. The field that belongs to <see cref="Type"/> is set, and no other
/// (<c>apis/v1/httproute_types.go: HTTPRouteFilter</c>).
/// </summary>
public sealed record RouteFilter
{
    /// <summary>Which one it is.</summary>
    public required RouteFilterType Type { get; init; }

    /// <summary>Changes to request headers.</summary>
    public HeaderModifier? RequestHeaderModifier { get; init; }

    /// <summary>Changes to response headers.</summary>
    public HeaderModifier? ResponseHeaderModifier { get; init; }

    /// <summary>A copy of the request for another backend.</summary>
    public RequestMirror? RequestMirror { get; init; }

    /// <summary>A redirect in place of the backend's answer.</summary>
    public RequestRedirect? RequestRedirect { get; init; }

    /// <summary>Another host or path for the backend.</summary>
    public UrlRewrite? UrlRewrite { get; init; }

    /// <summary>Cross-origin requests of browsers.</summary>
    public CorsFilter? Cors { get; init; }

    /// <summary>The types whose fields are set: only <see cref="Type"/> in a filter that is valid.</summary>
    internal IEnumerable<RouteFilterType> Fields()
    {
        (RouteFilterType Type, object? Field)[] fields =
        [
            (RouteFilterType.RequestHeaderModifier, RequestHeaderModifier),
            (RouteFilterType.ResponseHeaderModifier, ResponseHeaderModifier),
            (RouteFilterType.RequestMirror, RequestMirror),
            (RouteFilterType.RequestRedirect, RequestRedirect),
            (RouteFilterType.UrlRewrite, UrlRewrite),
            (RouteFilterType.Cors, Cors),
        ];
        return fields.Where(field => field.Field is not null).Select(field => field.Type);
    }
}

/// <summary>The filters that the mesh applies.</summary>
public enum RouteFilterType
{
    /// <summary><see cref="RouteFilter.RequestHeaderModifier"/>.</summary>
    RequestHeaderModifier,

    /// <summary><see cref="RouteFilter.ResponseHeaderModifier"/>.</summary>
    ResponseHeaderModifier,

    /// <summary><see cref="RouteFilter.RequestMirror"/>.</summary>
    RequestMirror,

    /// <summary><see cref="RouteFilter.RequestRedirect"/>.</summary>
    RequestRedirect,

    /// <summary><see cref="RouteFilter.UrlRewrite"/>.</summary>
    UrlRewrite,

    /// <summary><see cref="RouteFilter.Cors"/>.</summary>
    Cors,
}

/// <summary>Changes to headers. Of two entries with one name, case aside, the first counts.</summary>
public sealed record HeaderModifier
{
    /// <summary>Overwrites.</summary>
    public IReadOnlyList<HttpHeader> Set { get; init => field = Values.List(value); } = Values.None<HttpHeader>();

    /// <summary>Appends.</summary>
    public IReadOnlyList<HttpHeader> Add { get; init => field = Values.List(value); } = Values.None<HttpHeader>();

    /// <summary>Removes.</summary>
    public IReadOnlyList<string> Remove { get; init => field = Values.List(value); } = Values.None<string>();
}

/// <summary>A header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record HttpHeader(string Name, string Value);

/// <summary>A copy of the request for another backend, whose answer is dropped. Without a share all requests are copied.</summary>
public sealed record RequestMirror
{
    /// <summary>Who gets the copy.</summary>
    public required BackendObjectReference BackendRef { get; init; }

    /// <summary>Share of the requests, 0 to 100. Not together with <see cref="Fraction"/>.</summary>
    public int? Percent { get; init; }

    /// <summary>Share of the requests as a fraction.</summary>
    public Fraction? Fraction { get; init; }
}

/// <summary>A share.</summary>
/// <param name="Numerator">0 to the denominator.</param>
/// <param name="Denominator">1 or more; null is 100.</param>
public sealed record Fraction(int Numerator, int? Denominator);

/// <summary>A redirect. What is not set stays as in the request.</summary>
public sealed record RequestRedirect
{
    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>The new host.</summary>
    public string? Hostname { get; init; }

    /// <summary>The new path.</summary>
    public PathModifier? Path { get; init; }

    /// <summary>The new port; null is that of the new scheme, or without one that of the listener.</summary>
    public int? Port { get; init; }

    /// <summary>301, 302, 303, 307 or 308; null is 302.</summary>
    public int? StatusCode { get; init; }
}

/// <summary>Another host or path for the backend.</summary>
public sealed record UrlRewrite
{
    /// <summary>The new Host header.</summary>
    public string? Hostname { get; init; }

    /// <summary>The new path.</summary>
    public PathModifier? Path { get; init; }
}

/// <summary>A new path: one of the two is set.</summary>
public sealed record PathModifier
{
    /// <summary>In place of the whole path.</summary>
    public string? ReplaceFullPath { get; init; }

    /// <summary>In place of the prefix that the rule's only match names.</summary>
    public string? ReplacePrefixMatch { get; init; }
}

/// <summary>Cross-origin requests of browsers (<c>HTTPCORSFilter</c>, GEP-1767).</summary>
public sealed record CorsFilter
{
    /// <summary>
    /// The expression that Istio makes of the origin <c>*</c>: a scheme and a host, with or without a port (RFC 6454;
    /// <c>conversion.go: createCorsFilter</c>).
    /// </summary>
    public const string AnyOrigin = @"^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s?#]+$";

    /// <summary>Origins that are allowed; <c>*</c> stands for any text.</summary>
    public IReadOnlyList<string> AllowOrigins { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Whether requests may carry credentials.</summary>
    public bool? AllowCredentials { get; init; }

    /// <summary>Methods that are allowed.</summary>
    public IReadOnlyList<string> AllowMethods { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Request headers that are allowed.</summary>
    public IReadOnlyList<string> AllowHeaders { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Response headers that scripts may read.</summary>
    public IReadOnlyList<string> ExposeHeaders { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>How long a browser may keep a preflight's answer, in seconds; null is 5.</summary>
    public int? MaxAge { get; init; }
}
