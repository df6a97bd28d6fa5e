using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Mirroring;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Rewriting;
using Bookinfo.Mesh.Proxy.Sessions;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>Hands the request to one of the route's destinations.</summary>
internal sealed class ForwardAction : RouteAction
{
    /// <summary>The answer where the destination does not exist, unless a rule says otherwise.</summary>
    public const int UsualMissingStatus = 503;

    public required WeightedDestinations Destinations { get; init; }

    public HeaderChanges? RequestHeaders { get; init; }

    /// <summary>The route's own Host header, before that of a destination.</summary>
    public string? Authority { get; init; }

    public PathRewrite? PathRewrite { get; init; }

    /// <summary>The status of the answer where the destination does not exist (Envoy's <c>cluster_not_found_response_code</c>).</summary>
    public int MissingStatus { get; init; } = UsualMissingStatus;

    /// <summary>How the requests of a session stay at one pod; null where each goes its own way.</summary>
    public StatefulSession? Session { get; init; }

    public required ForwardPlan Plan { get; init; }

    /// <summary>Path and query as the destination sees them.</summary>
    public string TargetFor(in RequestInfo request) =>
        PathRewrite is null ? request.Target : (request with { Path = PathRewrite.Apply(request.Path) }).Target;
}

/// <summary>How a route forwards, whichever destination it picks.</summary>
/// <param name="Timeout">For the request with all its tries; null for none.</param>
/// <param name="Retries">When another try is made; null for never.</param>
/// <param name="Mirrors">Who gets a copy.</param>
internal sealed record ForwardPlan(TimeSpan? Timeout, RetryPolicy? Retries, Mirror[] Mirrors)
{
    /// <summary>For hosts that no rule speaks of and that are not of the mesh: no timeout, no retry.</summary>
    public static ForwardPlan Plain { get; } = new(null, null, []);

    /// <summary>The plan with other retries; this one where they are its own.</summary>
    public ForwardPlan With(RetryPolicy? retries) => ReferenceEquals(retries, Retries) ? this : this with { Retries = retries };
}
