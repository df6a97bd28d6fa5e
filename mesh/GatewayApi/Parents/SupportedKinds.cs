using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>
/// The kinds of routes that may be attached to a listener (<c>gatewaycommon/conversion.go: GenerateGatewaySupportedKinds</c>).
/// </summary>
/// <param name="Kinds">The kinds.</param>
/// <param name="AreValid">Whether the listener allows no kind that its protocol does not have.</param>
internal sealed record SupportedKinds(IReadOnlyList<string> Kinds, bool AreValid)
{
    private static readonly string[] OfHttp = ["HTTPRoute", "GRPCRoute"];

    public static SupportedKinds Of(Listener listener)
    {
        var wanted = listener.AllowedRoutes?.Kinds ?? [];
        if (wanted.Count == 0)
        {
            return new SupportedKinds(OfHttp, true);
        }

        string[] common = [.. OfHttp.Where(kind => wanted.Any(each =>
            each.Kind == kind && (each.Group ?? GatewayApiResource.Group) == GatewayApiResource.Group))];
        return new SupportedKinds(common, common.Length == wanted.Count);
    }
}
