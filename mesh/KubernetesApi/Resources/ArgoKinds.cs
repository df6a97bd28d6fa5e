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

    /// <summary>What canaries have measured.</summary>
    public static ResourceDefinition AnalysisRun { get; } = Of("AnalysisRun", "analysisruns", "ar") with { Columns = Columns.AnalysisRun };

    /// <summary>Releases side by side, for a while.</summary>
    public static ResourceDefinition Experiment { get; } =
        Of("Experiment", "experiments", "exp") with { Columns = Columns.AnalysisRun };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResourceDefinition> All { get; } =
        [Rollout, AnalysisTemplate, ClusterAnalysisTemplate, AnalysisRun, Experiment];

    private static ResourceDefinition Of(string kind, string plural, string shortName) => new(Group, "v1alpha1", kind, plural)
    {
        ShortNames = [shortName],
        Columns = [Columns.Age],
    };
}
