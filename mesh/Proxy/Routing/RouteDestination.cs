using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>One of a route's destinations.</summary>
internal sealed class RouteDestination
{
    /// <summary>Where it goes; null where the rules name a subset or service that does not exist.</summary>
    public required ClusterSpec? Cluster { get; init; }

    /// <summary>The service, where it exists, also without the subset.</summary>
    public Service? Service { get; init; }

    /// <summary>Istio's name for the destination, also where it does not exist.</summary>
    public required string ClusterName { get; init; }

    public required int Weight { get; init; }

    public HeaderChanges? RequestHeaders { get; init; }

    public HeaderChanges? ResponseHeaders { get; init; }

    /// <summary>The Host header that this destination's header operations set.</summary>
    public string? Authority { get; init; }
}
