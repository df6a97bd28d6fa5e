using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>
/// What a route is attached to: a Gateway, a ListenerSet, or for calls inside the mesh a Service (GAMMA, GEP-1426). Source:
/// <c>apis/v1/shared_types.go: ParentReference</c> of kubernetes-sigs/gateway-api, as all of this folder's records.
/// </summary>
public sealed record ParentReference
{
    /// <summary>The group; null is the Gateway API's, empty Kubernetes' own.</summary>
    public string? Group { get; init; }

    /// <summary>The kind; null is <c>Gateway</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace; null is the route's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>A listener's name; null is all of them.</summary>
    public string? SectionName { get; init; }

    /// <summary>The port of the listener, or of the Service; null is all of them.</summary>
    public int? Port { get; init; }

    /// <summary>Whether it names a Service: the route is for calls inside the mesh.</summary>
    public bool IsService => Group is "" && Kind == "Service";
}

/// <summary>An object that requests are sent to.</summary>
public record BackendObjectReference
{
    /// <summary>The group; null or empty is Kubernetes' own.</summary>
    public string? Group { get; init; }

    /// <summary>The kind; null is <c>Service</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace; null is the route's own. Another one needs a <see cref="ReferenceGrant"/>.</summary>
    public string? Namespace { get; init; }

    /// <summary>The Service's port, not the pods'.</summary>
    public int? Port { get; init; }
}

/// <summary>One of a rule's backends.</summary>
public sealed record BackendRef : BackendObjectReference
{
    /// <summary>Share of the requests relative to the sum of the rule's weights, 0 to 1,000,000; null is 1.</summary>
    public int? Weight { get; init; }

    /// <summary>Filters for the requests that go to this backend.</summary>
    public IReadOnlyList<RouteFilter> Filters { get; init => field = Values.List(value); } = Values.None<RouteFilter>();
}
