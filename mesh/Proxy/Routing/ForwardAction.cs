using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Rewriting;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>Hands the request to one of the route's destinations.</summary>
internal sealed class ForwardAction : RouteAction
{
    public required WeightedDestinations Destinations { get; init; }

    public HeaderChanges? RequestHeaders { get; init; }

    /// <summary>The route's own Host header, before that of a destination.</summary>
    public string? Authority { get; init; }

    public PathRewrite? PathRewrite { get; init; }

    public required ForwardPlan Plan { get; init; }
}
