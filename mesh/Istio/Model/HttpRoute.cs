namespace Bookinfo.Mesh.Istio.Model;

/// <summary>A rule: which requests it takes, and what becomes of them. Exactly one of <see cref="Route"/>, <see cref="Redirect"/>,
/// <see cref="DirectResponse"/> and <see cref="Delegate"/> is set.</summary>
public sealed record HttpRoute
{
    /// <summary>A name for logs and messages.</summary>
    public string? Name { get; init; }

    /// <summary>Any of these must match. Empty matches every request.</summary>
    public IReadOnlyList<HttpMatchRequest> Match { get; init => field = Values.List(value); } = Values.None<HttpMatchRequest>();

    /// <summary>Where the request goes, by weight.</summary>
    public IReadOnlyList<HttpRouteDestination> Route { get; init => field = Values.List(value); } = Values.None<HttpRouteDestination>();

    /// <summary>Answers with a redirect.</summary>
    public HttpRedirect? Redirect { get; init; }

    /// <summary>Answers with a fixed response.</summary>
    public HttpDirectResponse? DirectResponse { get; init; }

    /// <summary>Another VirtualService, without hosts, whose routes stand in this one's place.</summary>
    public Delegate? Delegate { get; init; }

    /// <summary>Changes path or host on the way to the destination.</summary>
    public HttpRewrite? Rewrite { get; init; }

    /// <summary>For the whole request with all its tries. Null is none; Istio refuses zero.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Retries; null is Istio's default: 2 retries for failures to connect and the like, not for a 503 answer.</summary>
    public HttpRetry? Retries { get; init; }

    /// <summary>Faults on purpose, before the request is forwarded.</summary>
    public HttpFaultInjection? Fault { get; init; }

    /// <summary>A destination that gets a copy of the request.</summary>
    public Destination? Mirror { get; init; }

    /// <summary>
    /// Share of the requests that <see cref="Mirror"/> gets, 0 to 100; null is 100. Also set from the deprecated <c>mirrorPercent</c>.
    /// </summary>
    public double? MirrorPercentage { get; init; }

    /// <summary>Several destinations that get copies. Not together with <see cref="Mirror"/>.</summary>
    public IReadOnlyList<HttpMirrorPolicy> Mirrors { get; init => field = Values.List(value); } = Values.None<HttpMirrorPolicy>();

    /// <summary>Cross-origin requests of browsers.</summary>
    public CorsPolicy? CorsPolicy { get; init; }

    /// <summary>Changes to headers, for every destination of the route.</summary>
    public Headers? Headers { get; init; }

    /// <summary>That the requests of a session go to one pod; of a route of the Gateway API, and not part of the text.</summary>
    public SessionPolicy? Session { get; init; }

    /// <summary>Where it stands, if not at its own place in the VirtualService; null for a rule as a person wrote it.</summary>
    public RuleOrigin? Origin { get; init; }
}

/// <summary>What a route was made of: a rule of another kind, or of a delegate.</summary>
/// <param name="Resource">The resource, such as an HTTPRoute of the Gateway API or a delegate.</param>
/// <param name="Path">Where the rule stands in it: <c>spec.rules[0].matches[1]</c>.</param>
public sealed record RuleOrigin(Resource Resource, string Path)
{
    /// <summary>Where each of the route's matches stands; empty where <see cref="Path"/> says it for all of them.</summary>
    public IReadOnlyList<string> Matches { get; init => field = Values.List(value); } = Values.None<string>();
}

/// <summary>One of the destinations of a route.</summary>
public sealed record HttpRouteDestination
{
    /// <summary>Service and subset.</summary>
    public required Destination Destination { get; init; }

    /// <summary>Relative to the sum of the route's weights, 0 or more. A single destination gets everything, whatever its weight.</summary>
    public int Weight { get; init; }

    /// <summary>Changes to headers, after those of the route.</summary>
    public Headers? Headers { get; init; }
}

/// <summary>A destination that gets copies of requests; its answers are dropped.</summary>
public sealed record HttpMirrorPolicy
{
    /// <summary>Service and subset.</summary>
    public required Destination Destination { get; init; }

    /// <summary>Share of the requests, 0 to 100; null is 100.</summary>
    public double? Percentage { get; init; }
}

/// <summary>The VirtualService whose routes stand in a route's place.</summary>
public sealed record Delegate
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespace; null is the namespace of the one that delegates.</summary>
    public string? Namespace { get; init; }
}
