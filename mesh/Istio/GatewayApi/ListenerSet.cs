using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>More listeners for a Gateway, of another owner (<c>apis/v1/listenerset_types.go: ListenerSet</c>, GEP-1713).</summary>
public sealed record ListenerSet : GatewayApiResource
{
    /// <inheritdoc/>
    public override string Kind => "ListenerSet";

    /// <summary>The Gateway, which has to allow it by <see cref="Gateway.AllowedListeners"/>.</summary>
    public required ParentReference ParentRef { get; init; }

    /// <summary>The listeners.</summary>
    public IReadOnlyList<Listener> Listeners { get; init => field = Values.List(value); } = Values.None<Listener>();
}
