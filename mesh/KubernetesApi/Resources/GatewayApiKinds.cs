namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>
/// The Gateway API's kinds: names and columns of its CustomResourceDefinitions (kubernetes-sigs/gateway-api: <c>config/crd/standard</c>).
/// </summary>
public static class GatewayApiKinds
{
    private const string Group = "gateway.networking.k8s.io";

    /// <summary>The kinds that the mesh applies.</summary>
    public static IReadOnlyList<ResourceDefinition> Applied { get; } =
    [
        Of("GatewayClass", "gatewayclasses", "gc") with
        {
            IsNamespaced = false,
            OtherVersions = ["v1beta1"],
            Columns = Columns.GatewayClass,
        },
        Of("Gateway", "gateways", "gtw") with { OtherVersions = ["v1beta1"], Columns = Columns.KubernetesGateway },
        Of("HTTPRoute", "httproutes") with { OtherVersions = ["v1beta1"], Columns = Columns.Route },
        Of("ListenerSet", "listenersets", "lset") with { Columns = Columns.ListenerSet },
        Of("GRPCRoute", "grpcroutes") with { Columns = Columns.Route },
        Of("ReferenceGrant", "referencegrants", "refgrant") with { OtherVersions = ["v1beta1"], Columns = [Columns.Age] },
    ];

    private static ResourceDefinition Of(string kind, string plural, params string[] shortNames) => new(Group, "v1", kind, plural)
    {
        ShortNames = shortNames,
        Categories = ["gateway-api"],
        HasStatus = true,
    };
}
