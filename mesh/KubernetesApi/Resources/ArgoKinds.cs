namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>
/// The kinds of Argo Rollouts: names and columns of its CustomResourceDefinitions (argo-rollouts: <c>manifests/crds</c>).
/// </summary>
public static class ArgoKinds
{
    private const string Group = "argoproj.io";

    /// <summary>Canaries.</summary>
    public static ResourceDefinition Rollout { get; } = Of("Rollout", "rollouts", "ro") with
    {
        HasStatus = true,
        Subresources = [Subresource.Scale],
        Columns = Columns.Rollout,
    };

    /// <summary>What canaries measure.</summary>
    public static ResourceDefinition AnalysisTemplate { get; } = Of("AnalysisTemplate", "analysistemplates", "at");

    /// <summary>The same for all namespaces.</summary>
    public static ResourceDefinition ClusterAnalysisTemplate { get; } =
        Of("ClusterAnalysisTemplate", "clusteranalysistemplates", "cat") with { IsNamespaced = false };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResourceDefinition> All { get; } = [Rollout, AnalysisTemplate, ClusterAnalysisTemplate];

    private static ResourceDefinition Of(string kind, string plural, string shortName) => new(Group, "v1alpha1", kind, plural)
    {
        ShortNames = [shortName],
        Columns = [Columns.Age],
    };
}
