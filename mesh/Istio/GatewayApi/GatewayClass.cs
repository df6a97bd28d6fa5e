using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>Whose the Gateways of a class are (<c>apis/v1/gatewayclass_types.go: GatewayClass</c>).</summary>
public sealed record GatewayClass : GatewayApiResource
{
    /// <summary>The controller of Istio's own class, <c>istio</c>, which is there without a resource.</summary>
    public const string IstioController = "istio.io/gateway-controller";

    /// <inheritdoc/>
    public override string Kind => "GatewayClass";

    /// <summary>The controller that serves its Gateways; the mesh stands for <see cref="IstioController"/>.</summary>
    public required string ControllerName { get; init; }

    /// <summary>A description for people.</summary>
    public string? Description { get; init; }
}
