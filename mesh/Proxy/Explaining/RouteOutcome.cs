using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>What becomes of a request under rules, as data. It is found by the tables that the traffic itself goes by.</summary>
public sealed record RouteOutcome
{
    /// <summary>What is done.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>The virtual host, <c>reviews.default.svc.cluster.local:9080</c>; null where no virtual host has it.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>The route's name as in the access log; empty where it has none.</summary>
    public string RouteName { get; init; } = "";

    /// <summary>The rule that was taken; null for a service without rules, and where none matches.</summary>
    public RulePlace? Rule { get; init; }

    /// <summary>
    /// That rule as the text has it, one of a delegate joined with the rule that delegates to it; null where <see cref="Rule"/> is null.
    /// </summary>
    public HttpRoute? Definition { get; init; }

    /// <summary>The status that the mesh answers with itself; null where a destination answers.</summary>
    public int? Status { get; init; }

    /// <summary>The response flag of such an answer, <c>NR</c>; null where it has none.</summary>
    public string? ResponseFlag { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    /// <summary>The body of a direct response; null where there is none.</summary>
    public string? Body { get; init; }

    /// <summary>The headers that the rule adds to an answer of the mesh's own, by name without case.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>What the rule does to the headers of such an answer; empty for nothing.</summary>
    public string ResponseHeaderChanges { get; init; } = "";

    /// <summary>Where the request may go; empty where the mesh answers itself.</summary>
    public IReadOnlyList<OutcomeDestination> Destinations { get; init; } = [];

    /// <summary>Path and query as the destination sees them; null where the mesh answers itself.</summary>
    public string? Path { get; init; }

    /// <summary>Faults on purpose.</summary>
    public HttpFaultInjection? Fault { get; init; }

    /// <summary>Cross-origin requests of browsers.</summary>
    public CorsPolicy? Cors { get; init; }

    /// <summary>For the request with all its tries; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>When another try is made; null for never.</summary>
    public OutcomeRetries? Retries { get; init; }

    /// <summary>By what the requests of a session stay at one pod; null where each goes its own way.</summary>
    public string? Session { get; init; }

    /// <summary>Who gets a copy.</summary>
    public IReadOnlyList<OutcomeMirror> Mirrors { get; init; } = [];
}

/// <summary>The kinds of outcome.</summary>
public enum OutcomeKind
{
    /// <summary>It goes to a destination.</summary>
    Forward,

    /// <summary>The mesh answers with a redirect.</summary>
    Redirect,

    /// <summary>The mesh answers with a response that the rule has.</summary>
    DirectResponse,

    /// <summary>The host is known, and no route matches: 404.</summary>
    NoRoute,

    /// <summary>No virtual host has the host: 404 at the gateway, 502 where only registered hosts are let through.</summary>
    UnknownHost,

    /// <summary>The host is unknown, and the request passes through to it.</summary>
    Passthrough,
}

/// <summary>Where a rule stands.</summary>
/// <param name="Subject"><c>VirtualService/reviews</c>.</param>
/// <param name="Namespace">The namespace of the rule, which short host names in it are of.</param>
/// <param name="Path"><c>spec.http[0].match[1]</c>.</param>
/// <param name="File">The file it was read from; empty where there is none.</param>
/// <param name="Line">Line in that file, from 1; 0 where there is none.</param>
public sealed record RulePlace(string Subject, string Namespace, string Path, string File, int Line)
{
    /// <summary>Subject and path, and file and line where there are any.</summary>
    public override string ToString() => Line > 0 ? $"{Subject} {Path} ({File}:{Line})" : $"{Subject} {Path}";
}

/// <summary>One of the destinations of an outcome.</summary>
public sealed record OutcomeDestination
{
    /// <summary>Istio's name: <c>outbound|9080|v2|reviews.default.svc.cluster.local</c>.</summary>
    public required string Cluster { get; init; }

    /// <summary>Full host.</summary>
    public required string Host { get; init; }

    /// <summary>Subset; empty for the whole service.</summary>
    public required string Subset { get; init; }

    /// <summary>The service's port.</summary>
    public required int Port { get; init; }

    /// <summary>The weight as the rule has it.</summary>
    public required int Weight { get; init; }

    /// <summary>Of the requests, 0 to 100.</summary>
    public required double Percent { get; init; }

    /// <summary>Why no request can get there; null where it can. The mesh then answers <see cref="Status"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>What the mesh answers where no request can get there: 503, or 500 for a route of the Gateway API.</summary>
    public int? Status { get; init; }

    /// <summary>The Host header that the destination sees.</summary>
    public required string Authority { get; init; }

    /// <summary>The headers that the destination sees, by name without case; several values joined by commas.</summary>
    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    /// <summary>What the rule does to the request's headers; empty for nothing.</summary>
    public required string RequestHeaderChanges { get; init; }

    /// <summary>The headers that the rule adds to an answer without any, by name without case.</summary>
    public required IReadOnlyDictionary<string, string> ResponseHeaders { get; init; }

    /// <summary>What the rule does to the answer's headers; empty for nothing.</summary>
    public required string ResponseHeaderChanges { get; init; }

    /// <summary>How a pod is picked; null for the default.</summary>
    public LoadBalancerSettings? LoadBalancer { get; init; }

    /// <summary>The limits; null for the defaults.</summary>
    public ConnectionPoolSettings? ConnectionPool { get; init; }

    /// <summary>When a pod is left out; null for never.</summary>
    public OutlierDetection? OutlierDetection { get; init; }

    /// <summary>The pods behind it, by name or address.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];
}

/// <summary>When another try is made.</summary>
/// <param name="Attempts">Most tries after the first.</param>
/// <param name="RetryOn">The conditions, as Istio lists them.</param>
/// <param name="PerTryTimeout">For one try; null for no limit of its own.</param>
/// <param name="BackOff">The base of the wait between tries.</param>
/// <param name="AvoidsTriedHosts">Whether the next try looks for a pod that has not been tried.</param>
public sealed record OutcomeRetries(int Attempts, string RetryOn, TimeSpan? PerTryTimeout, TimeSpan BackOff, bool AvoidsTriedHosts);

/// <summary>Who gets a copy.</summary>
/// <param name="Cluster">Istio's name of the destination; null where the rules name one that does not exist.</param>
/// <param name="Percent">Of the requests, 0 to 100.</param>
public sealed record OutcomeMirror(string? Cluster, double Percent);
