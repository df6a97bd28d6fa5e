using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.GatewayApi;

/// <summary>What becomes of the Gateway API's resources in a set of rules.</summary>
/// <param name="Rules">
/// The set with VirtualServices and Gateways in their place, which are marked as <see cref="RouteSemantics.GatewayApi"/>.
/// </param>
/// <param name="Statuses">The status of each resource that is Istio's, in the order of the set.</param>
public sealed record GatewayApiTranslation(RuleSet Rules, IReadOnlyList<GatewayApiStatus> Statuses);
