namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>
/// Where a request would go, and why, under the rules in force. It is found by the tables that the traffic itself goes by.
/// </summary>
public sealed record Explanation
{
    /// <summary>Who calls: the pod, or <c>istio-ingressgateway</c>.</summary>
    public required string Caller { get; init; }

    /// <summary>Method and URL.</summary>
    public required string Request { get; init; }

    /// <summary>Revision of the rules that were asked.</summary>
    public required long Revision { get; init; }

    /// <summary>The virtual host, <c>reviews.default.svc.cluster.local:9080</c>; null where no virtual host has it.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>Every rule of that virtual host in the order they are looked at, and what became of each.</summary>
    public IReadOnlyList<ExplainedRule> Rules { get; init; } = [];

    /// <summary>Rules for the same host that are not used because others win; empty where there are none.</summary>
    public IReadOnlyList<DroppedRule> Dropped { get; init; } = [];

    /// <summary>What happens on the way, in order: faults, header changes, rewrites, mirrors, times, retries.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>The path and query that the destination sees; null where the mesh answers itself.</summary>
    public string? Path { get; init; }

    /// <summary>Where it may go, and how often; empty where the mesh answers itself.</summary>
    public IReadOnlyList<ExplainedDestination> Destinations { get; init; } = [];

    /// <summary>The end of it in one sentence.</summary>
    public required string Outcome { get; init; }

    /// <summary>The status that the mesh itself would answer with; null where the destination does.</summary>
    public int? Status { get; init; }

    /// <summary>The response flag that such an answer carries, <c>NR</c>, <c>NC</c> or <c>UH</c>; null where none.</summary>
    public string? ResponseFlag { get; init; }

    /// <summary>All of it as lines for a terminal.</summary>
    public override string ToString() => Explaining.ExplanationText.Of(this);
}

/// <summary>One match of one rule, and whether it took the request.</summary>
/// <param name="Rule">The VirtualService: <c>VirtualService/reviews</c>; <c>default</c> for a service that none speaks of.</param>
/// <param name="Path">Where it stands: <c>spec.http[0].match[1]</c>; empty for the default.</param>
/// <param name="Name">The rule's own name; empty where it has none.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Reasons">Why it was passed over; empty for the one that was taken.</param>
/// <param name="File">The file it was read from; empty where there is none.</param>
/// <param name="Line">Line in that file, from 1; 0 where there is none.</param>
public sealed record ExplainedRule(string Rule, string Path, string Name, RuleVerdict Verdict, IReadOnlyList<string> Reasons, string File,
    int Line);

/// <summary>A rule, or a part of one, that is not used because another wins.</summary>
/// <param name="Rule">The resource: <c>DestinationRule/reviews-old</c>.</param>
/// <param name="Path">Which part of it: <c>spec.subsets[0]</c>.</param>
/// <param name="Reason">Which one wins, and why.</param>
/// <param name="File">The file it was read from; empty where there is none.</param>
/// <param name="Line">Line in that file, from 1; 0 where there is none.</param>
public sealed record DroppedRule(string Rule, string Path, string Reason, string File, int Line);

/// <summary>What became of a rule.</summary>
public enum RuleVerdict
{
    /// <summary>The request goes by it.</summary>
    Taken,

    /// <summary>The request is not as it asks.</summary>
    PassedOver,

    /// <summary>It is for other callers, gateways or ports.</summary>
    NotForCaller,

    /// <summary>A rule before it was taken, or takes everything.</summary>
    NotReached,
}

/// <summary>One of the destinations a request may go to.</summary>
/// <param name="Cluster">Istio's name: <c>outbound|9080|v2|reviews.default.svc.cluster.local</c>.</param>
/// <param name="Service">Full host.</param>
/// <param name="Subset">Subset; empty for the whole service.</param>
/// <param name="Percent">Of the requests, 0 to 100.</param>
/// <param name="LoadBalancer">How the endpoint is picked: <c>LEAST_REQUEST</c>, <c>consistentHash</c> ...</param>
/// <param name="Pods">The endpoints, those that are ejected marked.</param>
/// <param name="Problem">Why no request can get there; null where it can.</param>
public sealed record ExplainedDestination(
    string Cluster, string Service, string Subset, double Percent, string LoadBalancer, IReadOnlyList<ExplainedPod> Pods, string? Problem);

/// <summary>An endpoint of a destination.</summary>
/// <param name="Name">The pod's name, or the address where there is no pod.</param>
/// <param name="Address"><c>host:port</c>.</param>
/// <param name="IsEjected">Left out by the circuit breaker now.</param>
public sealed record ExplainedPod(string Name, string Address, bool IsEjected);

/// <summary>A request that is not sent, to ask where it would go.</summary>
/// <param name="Caller">Who would send it: a pod's name, a workload's (<c>productpage-v1</c>), an app's, or <c>gateway</c> (also
/// <c>istio-ingressgateway</c>) for somebody outside.</param>
/// <param name="Method">The method.</param>
/// <param name="Url">Absolute: scheme, host with port, path and query.</param>
/// <param name="Headers">Headers, a name possibly several times.</param>
public sealed record ExplainRequest(string Caller, string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers);
