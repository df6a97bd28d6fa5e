namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>
/// Istio's kinds: names and columns of its CustomResourceDefinitions (<c>manifests/charts/base/files/crd-all.gen.yaml</c>).
/// </summary>
public static class IstioKinds
{
    private const string Networking = "networking.istio.io";

    /// <summary>The kinds that the mesh applies.</summary>
    public static IReadOnlyList<ResourceDefinition> Applied { get; } =
    [
        Of("DestinationRule", "destinationrules", ["dr"]) with { Columns = Columns.DestinationRule },
        Of("Gateway", "gateways", ["gw"]) with { Columns = [Columns.Age] },
        Of("ServiceEntry", "serviceentries", ["se"]) with { Columns = Columns.ServiceEntry },
        Of("VirtualService", "virtualservices", ["vs"]) with { Columns = Columns.VirtualService },
    ];

    private static ResourceDefinition Of(string kind, string plural, string[] shortNames) => new(Networking, "v1", kind, plural)
    {
        OtherVersions = ["v1beta1", "v1alpha3"],
        ShortNames = shortNames,
        Categories = ["istio-io", "networking-istio-io"],
    };
}
