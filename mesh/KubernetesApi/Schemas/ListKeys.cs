namespace Bookinfo.Mesh.KubernetesApi.Schemas;

/// <summary>How lists and maps of Kubernetes' own types are merged, by type and field.</summary>
/// <param name="Keys">The keys of its items for server-side apply; empty for a list that is replaced.</param>
/// <param name="PatchMergeKey">The key of its items for a strategic merge patch.</param>
/// <param name="IsSet">Whether it is a set of texts.</param>
internal sealed record ListKeys(string[] Keys, string? PatchMergeKey = null, bool IsSet = false)
{
    private static readonly ListKeys Name = new(["name"], "name");
    private static readonly ListKeys ByType = new(["type"], "type");

    /// <summary>
    /// From the tags on Kubernetes' types: <c>core/v1/types.go</c>, <c>apps/v1/types.go</c>, <c>meta/v1/types.go</c> and the others in
    /// <c>staging/src/k8s.io</c>.
    /// </summary>
    private static readonly Dictionary<string, ListKeys> All = new(StringComparer.Ordinal)
    {
        ["ObjectMeta.ownerReferences"] = new(["uid"], "uid"),
        ["ObjectMeta.finalizers"] = new([], null, IsSet: true),
        ["PodSpec.containers"] = Name,
        ["PodSpec.initContainers"] = Name,
        ["PodSpec.ephemeralContainers"] = Name,
        ["PodSpec.volumes"] = Name,
        ["PodSpec.imagePullSecrets"] = Name,
        ["PodSpec.resourceClaims"] = Name,
        ["PodSpec.schedulingGates"] = Name,
        ["PodSpec.hostAliases"] = new(["ip"], "ip"),
        ["PodSpec.topologySpreadConstraints"] = new(["topologyKey", "whenUnsatisfiable"], "topologyKey"),
        ["Container.env"] = Name,
        ["Container.ports"] = new(["containerPort", "protocol"], "containerPort"),
        ["Container.volumeMounts"] = new(["mountPath"], "mountPath"),
        ["Container.volumeDevices"] = new(["devicePath"], "devicePath"),
        ["ServiceSpec.ports"] = new(["port", "protocol"], "port"),
        ["ServiceAccount.secrets"] = Name,
        ["PodStatus.conditions"] = ByType,
        ["DeploymentStatus.conditions"] = ByType,
        ["ReplicaSetStatus.conditions"] = ByType,
        ["ServiceStatus.conditions"] = ByType,
        ["NamespaceStatus.conditions"] = ByType,
        ["HorizontalPodAutoscalerStatus.conditions"] = ByType,
        ["PodDisruptionBudgetStatus.conditions"] = ByType,
    };

    /// <summary>Objects and maps with one owner (<c>+structType=atomic</c>, <c>+mapType=atomic</c>).</summary>
    private static readonly HashSet<string> Atomic =
    [
        "LabelSelector", "ObjectReference", "LocalObjectReference", "TypedLocalObjectReference", "ConfigMapKeySelector",
        "SecretKeySelector", "ObjectFieldSelector", "NodeSelector", "ServiceSpec.selector", "PodSpec.nodeSelector",
    ];

    /// <summary>How a list is merged; null for one that is replaced.</summary>
    /// <param name="type">The name of the type without its version: <c>PodSpec</c>.</param>
    /// <param name="field">The field's name.</param>
    public static ListKeys? Of(string type, string field) => All.GetValueOrDefault($"{type}.{field}");

    /// <summary>Whether a type, or a field of a type, has one owner.</summary>
    /// <param name="name">The type's name without its version, or with a field: <c>ServiceSpec.selector</c>.</param>
    public static bool IsAtomic(string name) => Atomic.Contains(name);
}
