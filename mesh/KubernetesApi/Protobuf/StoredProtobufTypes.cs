using static Bookinfo.Mesh.KubernetesApi.Protobuf.ProtobufTypes;

namespace Bookinfo.Mesh.KubernetesApi.Protobuf;

/// <summary>
/// The messages of kinds that are only stored, as <c>kubectl autoscale</c> and <c>kubectl create</c> send them (<c>generated.proto</c> in
/// <c>k8s.io/api/autoscaling</c>, <c>batch/v1</c>, <c>rbac/v1</c> and <c>scheduling/v1</c>).
/// </summary>
internal static class StoredProtobufTypes
{
    /// <summary>A HorizontalPodAutoscaler of <c>autoscaling/v1</c>.</summary>
    public const string OldAutoscaler = "HorizontalPodAutoscaler of autoscaling/v1";

    /// <summary>The fields of each message by number.</summary>
    public static IReadOnlyDictionary<string, Dictionary<int, ProtobufField>> All { get; } =
        new Dictionary<string, Dictionary<int, ProtobufField>>(StringComparer.Ordinal)
        {
            [OldAutoscaler] = Object("OldAutoscalerSpec"),
            ["OldAutoscalerSpec"] = new()
            {
                [1] = Of("scaleTargetRef", "CrossVersionObjectReference"),
                [2] = Number("minReplicas"),
                [3] = Number("maxReplicas"),
                [4] = Number("targetCPUUtilizationPercentage"),
            },
            ["HorizontalPodAutoscaler"] = Object("HorizontalPodAutoscalerSpec"),
            ["HorizontalPodAutoscalerSpec"] = new()
            {
                [1] = Of("scaleTargetRef", "CrossVersionObjectReference"),
                [2] = Number("minReplicas"),
                [3] = Number("maxReplicas"),
                [4] = List("metrics", "MetricSpec"),
            },
            ["CrossVersionObjectReference"] = new() { [1] = Text("kind"), [2] = Text("name"), [3] = Text("apiVersion") },
            ["MetricSpec"] = new() { [1] = Text("type"), [4] = Of("resource", "ResourceMetricSource") },
            ["ResourceMetricSource"] = new() { [1] = Text("name"), [2] = Of("target", "MetricTarget") },
            ["MetricTarget"] = new() { [1] = Text("type"), [4] = Number("averageUtilization") },
            ["Job"] = Object("JobSpec"),
            ["JobSpec"] = new()
            {
                [1] = Number("parallelism"),
                [2] = Number("completions"),
                [3] = Number("activeDeadlineSeconds"),
                [6] = Of("template", "PodTemplateSpec"),
                [7] = Number("backoffLimit"),
            },
            ["CronJob"] = Object("CronJobSpec"),
            ["CronJobSpec"] = new()
            {
                [1] = Text("schedule"),
                [3] = Text("concurrencyPolicy"),
                [4] = Flag("suspend"),
                [5] = Of("jobTemplate", "JobTemplateSpec"),
            },
            ["JobTemplateSpec"] = new() { [1] = Metadata, [2] = Of("spec", "JobSpec") },
            ["Role"] = new() { [1] = Metadata, [2] = List("rules", "PolicyRule") },
            ["ClusterRole"] = new() { [1] = Metadata, [2] = List("rules", "PolicyRule"), [3] = Of("aggregationRule", "AggregationRule") },
            ["AggregationRule"] = new() { [1] = List("clusterRoleSelectors", "LabelSelector") },
            ["PolicyRule"] = new()
            {
                [1] = Texts("verbs"),
                [2] = Texts("apiGroups"),
                [3] = Texts("resources"),
                [4] = Texts("resourceNames"),
                [5] = Texts("nonResourceURLs"),
            },
            ["RoleBinding"] = Binding(),
            ["ClusterRoleBinding"] = Binding(),
            ["Subject"] = new() { [1] = Text("kind"), [2] = Text("apiGroup"), [3] = Text("name"), [4] = Text("namespace") },
            ["RoleRef"] = new() { [1] = Text("apiGroup"), [2] = Text("kind"), [3] = Text("name") },
            ["PriorityClass"] = new()
            {
                [1] = Metadata,
                [2] = Number("value"),
                [3] = Flag("globalDefault"),
                [4] = Text("description"),
                [5] = Text("preemptionPolicy"),
            },
            [NoStatus] = [],
        };

    /// <summary>A condition that a client sends empty.</summary>
    private const string NoStatus = "status without fields";

    private static Dictionary<int, ProtobufField> Object(string spec) =>
        new() { [1] = Metadata, [2] = Of("spec", spec), [3] = Of("status", NoStatus) };

    private static Dictionary<int, ProtobufField> Binding() =>
        new() { [1] = Metadata, [2] = List("subjects", "Subject"), [3] = Of("roleRef", "RoleRef") };
}
