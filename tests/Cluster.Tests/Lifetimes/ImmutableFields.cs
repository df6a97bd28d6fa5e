using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Lifetimes;

/// <summary>
/// The fields that cannot change in a resource that is there, of the kinds that this program makes. Where Pulumi's provider knows it, it
/// makes the resource anew (pulumi-kubernetes 4.32 <c>provider/pkg/provider/diff.go</c>: <c>forceNew</c>, with Secrets and ConfigMaps as
/// they are by default;
/// <c>helm_release.go</c>: <c>Diff</c>; terraform-provider-random <c>resource_password.go</c>: <c>RequiresReplace</c>). Where it does not,
/// the API server refuses the update.
/// </summary>
internal static class ImmutableFields
{
    private static readonly string[] OfEveryManifest = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<string, string[]> ByType = new()
    {
        ["kubernetes:core/v1:Secret"] = ["type", "data", "stringData"],
        ["kubernetes:core/v1:ConfigMap"] = ["data", "binaryData"],
        ["kubernetes:core/v1:Service"] = ["spec.clusterIP"],
        ["kubernetes:apps/v1:Deployment"] = ["spec.selector"],
        ["kubernetes:apps/v1:StatefulSet"] =
            ["spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"],
        ["kubernetes:helm.sh/v3:Release"] = ["name", "namespace"],
        ["random:index/randomPassword:RandomPassword"] = ["length", "special", "keepers"],
    };

    // kubernetes pkg/apis/core/validation (ValidateServiceUpdate: validateLoadBalancerClassField), pkg/apis/apps/validation
    // (ValidateStatefulSetUpdate), argo-rollouts (a Rollout's selector).
    private static readonly Dictionary<string, string[]> RefusedByType = new()
    {
        ["kubernetes:core/v1:Service"] = ["spec.loadBalancerClass"],
        ["kubernetes:helm.sh/v3:Release"] = ["values.service.loadBalancerClass"],
        ["kubernetes:argoproj.io/v1alpha1:Rollout"] = ["spec.selector"],
    };

    /// <summary>Those whose change makes the resource anew.</summary>
    public static IEnumerable<string> Replacing(Observed resource) =>
        ByType.GetValueOrDefault(resource.Type, []).Concat(resource.Tree["kind"].Exists ? OfEveryManifest : [])
            .Concat(resource.Options.ReplaceOnChanges);

    /// <summary>Those whose change the API server refuses.</summary>
    public static IEnumerable<string> Refused(Observed resource) => RefusedByType.GetValueOrDefault(resource.Type, []);
}
