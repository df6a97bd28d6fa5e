using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>A route with one listener of one of its parents, or with the mesh (<c>conversion.go: routeParentReference</c>).</summary>
/// <param name="Index">The parent's position in <c>spec.parentRefs</c>.</param>
/// <param name="Reference">The parent as the route names it.</param>
/// <param name="Key">The parent in full.</param>
/// <param name="Listener">The listener; null for the mesh.</param>
/// <param name="Denied">Why the route is not attached; null where it is.</param>
internal sealed record BoundParent(int Index, ParentReference Reference, ParentKey Key, ParentListener? Listener, Refusal? Denied)
{
    /// <summary>The hosts of the other listeners of the same Gateway and port, which take what is nearer to theirs.</summary>
    public IReadOnlyList<string> OtherHosts { get; init; } = [];

    public bool IsMesh => Listener is null;

    /// <summary>
    /// Whether requests for a host of the route come to this listener, and to none that names it more exactly
    /// (<c>hostnameAllowedByIsolation</c>).
    /// </summary>
    public bool Gets(string routeHost)
    {
        var own = Listener?.Hostname ?? "";
        if (own.Length > 0 && !own.StartsWith('*'))
        {
            return true;
        }

        return (own.Length == 0 || ParentBinder.Match(routeHost, own))
            && !OtherHosts.Any(other => own.Length <= other.Length && HostNames.IsWithin(routeHost, other));
    }
}
