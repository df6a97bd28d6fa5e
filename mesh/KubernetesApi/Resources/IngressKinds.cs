using k8s.Models;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>Ingress and its classes.</summary>
public static class IngressKinds
{
    private const string Group = "networking.k8s.io";

    /// <summary>Ingresses.</summary>
    public static ResourceDefinition Ingress { get; } = new(Group, "v1", "Ingress", "ingresses")
    {
        ShortNames = ["ing"],
        HasStatus = true,
        HasGeneration = true,
        Model = () => typeof(V1Ingress),
        Columns = Columns.Ingress,
    };

    /// <summary>Both.</summary>
    public static IReadOnlyList<ResourceDefinition> Applied { get; } =
    [
        Ingress,
        new(Group, "v1", "IngressClass", "ingressclasses")
        {
            IsNamespaced = false,
            HasGeneration = true,
            Model = () => typeof(V1IngressClass),
            Columns = Columns.IngressClass,
        },
    ];
}
