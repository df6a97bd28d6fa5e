using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Which kind of the API server each kind of rule is.</summary>
internal static class RuleKinds
{
    /// <summary>The kinds that are rules.</summary>
    public static IReadOnlyList<ResourceDefinition> All { get; } =
        [.. IstioKinds.Applied, .. GatewayApiKinds.Applied, .. IngressKinds.Applied];

    /// <summary>The kind of a rule; null for a rule that is not an object of the API server.</summary>
    public static ResourceDefinition? Find(Resource rule) =>
        (rule switch
        {
            GatewayApiResource => GatewayApiKinds.Applied,
            IngressResource => IngressKinds.Applied,
            _ => IstioKinds.Applied,
        }).FirstOrDefault(kind => kind.Kind == rule.Kind);
}
