using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>What the API server would show as the status of a resource of the Gateway API.</summary>
/// <param name="Resource">The resource.</param>
public sealed record GatewayApiStatus(GatewayApiResource Resource)
{
    /// <summary>Conditions of the resource itself; a route has them for each parent.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>A route's parents that are Istio's; a parent that does not exist has no status.</summary>
    public IReadOnlyList<RouteParentStatus> Parents { get; init; } = [];

    /// <summary>The listeners of a Gateway or ListenerSet.</summary>
    public IReadOnlyList<ListenerStatus> Listeners { get; init; } = [];
}

/// <summary>How it stands with a route and one of its parents.</summary>
/// <param name="Parent">The parent as the route names it.</param>
/// <param name="Index">Its position in <c>spec.parentRefs</c>.</param>
/// <param name="Conditions"><see cref="Condition.Accepted"/> and <see cref="Condition.ResolvedRefs"/>.</param>
public sealed record RouteParentStatus(ParentReference Parent, int Index, IReadOnlyList<Condition> Conditions);

/// <summary>How it stands with a listener.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AttachedRoutes">How many routes are attached to it.</param>
/// <param name="SupportedKinds">The kinds of routes that may be attached.</param>
/// <param name="Conditions">The conditions.</param>
public sealed record ListenerStatus(
    string Name, int AttachedRoutes, IReadOnlyList<string> SupportedKinds, IReadOnlyList<Condition> Conditions);
