namespace Bookinfo.Mesh.KubernetesApi.Protobuf;

/// <summary>How a field is written.</summary>
internal enum ProtobufKind
{
    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>A variable-length whole number.</summary>
    Number,

    /// <summary>0 or 1.</summary>
    Flag,

    /// <summary>A message of its own.</summary>
    Message,

    /// <summary>A message that is either a whole number or a text.</summary>
    IntegerOrText,

    /// <summary>A message of seconds since 1970 and nanoseconds.</summary>
    Time,

    /// <summary>Texts by key.</summary>
    TextMap,

    /// <summary>Bytes by key, base64 in JSON.</summary>
    BytesMap,
}

/// <summary>A field of a message.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Message">The message in it, for one that is a message.</param>
/// <param name="IsList">Whether it is repeated.</param>
internal sealed record ProtobufField(string Name, ProtobufKind Kind, string Message = "", bool IsList = false);

/// <summary>
/// The messages that <c>kubectl create</c> sends, with the numbers of their fields (<c>generated.proto</c> in <c>k8s.io/api/core/v1</c>,
/// <c>k8s.io/api/apps/v1</c> and <c>k8s.io/apimachinery/pkg/apis/meta/v1</c>).
/// </summary>
internal static class ProtobufTypes
{
    /// <summary>The name of a field whose own fields stand beside it in JSON.</summary>
    public const string Inlined = "";

    internal static readonly ProtobufField Metadata = Of("metadata", "ObjectMeta");

    private static readonly Dictionary<string, Dictionary<int, ProtobufField>> All = new(StringComparer.Ordinal)
    {
        ["ObjectMeta"] = new()
        {
            [1] = Text("name"),
            [2] = Text("generateName"),
            [3] = Text("namespace"),
            [4] = Text("selfLink"),
            [5] = Text("uid"),
            [6] = Text("resourceVersion"),
            [7] = Number("generation"),
            [8] = new("creationTimestamp", ProtobufKind.Time),
            [9] = new("deletionTimestamp", ProtobufKind.Time),
            [10] = Number("deletionGracePeriodSeconds"),
            [11] = new("labels", ProtobufKind.TextMap),
            [12] = new("annotations", ProtobufKind.TextMap),
            [13] = List("ownerReferences", "OwnerReference"),
            [14] = Texts("finalizers"),
        },
        ["OwnerReference"] = new()
        {
            [1] = Text("kind"),
            [3] = Text("name"),
            [4] = Text("uid"),
            [5] = Text("apiVersion"),
            [6] = Flag("controller"),
            [7] = Flag("blockOwnerDeletion"),
        },
        ["Namespace"] = new() { [1] = Metadata, [2] = Of("spec", "NamespaceSpec"), [3] = Of("status", "NamespaceStatus") },
        ["NamespaceSpec"] = new() { [1] = Texts("finalizers") },
        ["NamespaceStatus"] = new() { [1] = Text("phase") },
        ["ConfigMap"] = new()
        {
            [1] = Metadata,
            [2] = new("data", ProtobufKind.TextMap),
            [3] = new("binaryData", ProtobufKind.BytesMap),
            [4] = Flag("immutable"),
        },
        ["Secret"] = new()
        {
            [1] = Metadata,
            [2] = new("data", ProtobufKind.BytesMap),
            [3] = Text("type"),
            [4] = new("stringData", ProtobufKind.TextMap),
            [5] = Flag("immutable"),
        },
        ["ServiceAccount"] = new() { [1] = Metadata, [4] = Flag("automountServiceAccountToken") },
        ["Service"] = new() { [1] = Metadata, [2] = Of("spec", "ServiceSpec"), [3] = Of("status", "ServiceStatus") },
        ["ServiceSpec"] = new()
        {
            [1] = List("ports", "ServicePort"),
            [2] = new("selector", ProtobufKind.TextMap),
            [3] = Text("clusterIP"),
            [4] = Text("type"),
            [5] = Texts("externalIPs"),
            [7] = Text("sessionAffinity"),
            [10] = Text("externalName"),
            [11] = Text("externalTrafficPolicy"),
        },
        ["ServicePort"] = new()
        {
            [1] = Text("name"),
            [2] = Text("protocol"),
            [3] = Number("port"),
            [4] = new("targetPort", ProtobufKind.IntegerOrText),
            [5] = Number("nodePort"),
            [6] = Text("appProtocol"),
        },
        ["ServiceStatus"] = new() { [1] = Of("loadBalancer", "LoadBalancerStatus") },
        ["LoadBalancerStatus"] = [],
        ["Ingress"] = new() { [1] = Metadata, [2] = Of("spec", "IngressSpec"), [3] = Of("status", "IngressStatus") },
        ["IngressSpec"] = new()
        {
            [1] = Of("defaultBackend", "IngressBackend"),
            [2] = List("tls", "IngressTLS"),
            [3] = List("rules", "IngressRule"),
            [4] = Text("ingressClassName"),
        },
        ["IngressStatus"] = new() { [1] = Of("loadBalancer", "LoadBalancerStatus") },
        ["IngressBackend"] = new() { [4] = Of("service", "IngressServiceBackend") },
        ["IngressServiceBackend"] = new() { [1] = Text("name"), [2] = Of("port", "ServiceBackendPort") },
        ["ServiceBackendPort"] = new() { [1] = Text("name"), [2] = Number("number") },
        ["IngressTLS"] = new() { [1] = Texts("hosts"), [2] = Text("secretName") },
        ["IngressRule"] = new() { [1] = Text("host"), [2] = Of(Inlined, "IngressRuleValue") },
        ["IngressRuleValue"] = new() { [1] = Of("http", "HTTPIngressRuleValue") },
        ["HTTPIngressRuleValue"] = new() { [1] = List("paths", "HTTPIngressPath") },
        ["HTTPIngressPath"] = new() { [1] = Text("path"), [2] = Of("backend", "IngressBackend"), [3] = Text("pathType") },
        ["PodDisruptionBudget"] = new()
        {
            [1] = Metadata,
            [2] = Of("spec", "PodDisruptionBudgetSpec"),
            [3] = Of("status", "PodDisruptionBudgetStatus"),
        },
        ["PodDisruptionBudgetSpec"] = new()
        {
            [1] = new("minAvailable", ProtobufKind.IntegerOrText),
            [2] = Of("selector", "LabelSelector"),
            [3] = new("maxUnavailable", ProtobufKind.IntegerOrText),
        },
        ["PodDisruptionBudgetStatus"] = [],
        ["Deployment"] = new() { [1] = Metadata, [2] = Of("spec", "DeploymentSpec"), [3] = Of("status", "DeploymentStatus") },
        ["DeploymentSpec"] = new()
        {
            [1] = Number("replicas"),
            [2] = Of("selector", "LabelSelector"),
            [3] = Of("template", "PodTemplateSpec"),
            [4] = Of("strategy", "DeploymentStrategy"),
            [5] = Number("minReadySeconds"),
            [6] = Number("revisionHistoryLimit"),
            [7] = Flag("paused"),
            [9] = Number("progressDeadlineSeconds"),
        },
        ["Pod"] = new() { [1] = Metadata, [2] = Of("spec", "PodSpec"), [3] = Of("status", "PodStatus") },
        ["PodStatus"] = [],
        ["DeploymentStrategy"] = new() { [1] = Text("type") },
        ["DeploymentStatus"] = new()
        {
            [1] = Number("observedGeneration"),
            [2] = Number("replicas"),
            [3] = Number("updatedReplicas"),
            [4] = Number("availableReplicas"),
            [5] = Number("unavailableReplicas"),
            [7] = Number("readyReplicas"),
        },
        ["LabelSelector"] = new() { [1] = new("matchLabels", ProtobufKind.TextMap) },
        ["PodTemplateSpec"] = new() { [1] = Metadata, [2] = Of("spec", "PodSpec") },
        ["PodSpec"] = new()
        {
            [2] = List("containers", "Container"),
            [3] = Text("restartPolicy"),
            [4] = Number("terminationGracePeriodSeconds"),
            [6] = Text("dnsPolicy"),
            [8] = Text("serviceAccountName"),
            [9] = Text("serviceAccount"),
            [10] = Text("nodeName"),
            [11] = Flag("hostNetwork"),
            [12] = Flag("hostPID"),
            [13] = Flag("hostIPC"),
            [16] = Text("hostname"),
            [17] = Text("subdomain"),
            [19] = Text("schedulerName"),
            [24] = Text("priorityClassName"),
        },
        ["Container"] = new()
        {
            [1] = Text("name"),
            [2] = Text("image"),
            [3] = Texts("command"),
            [4] = Texts("args"),
            [5] = Text("workingDir"),
            [6] = List("ports", "ContainerPort"),
            [7] = List("env", "EnvVar"),
            [8] = Of("resources", "ResourceRequirements"),
            [13] = Text("terminationMessagePath"),
            [14] = Text("imagePullPolicy"),
            [16] = Flag("stdin"),
            [17] = Flag("stdinOnce"),
            [18] = Flag("tty"),
            [20] = Text("terminationMessagePolicy"),
        },
        ["ContainerPort"] = new()
        {
            [1] = Text("name"),
            [2] = Number("hostPort"),
            [3] = Number("containerPort"),
            [4] = Text("protocol"),
            [5] = Text("hostIP"),
        },
        ["EnvVar"] = new() { [1] = Text("name"), [2] = Text("value") },
        ["ResourceRequirements"] = [],
        ["DeleteOptions"] = new()
        {
            [1] = Number("gracePeriodSeconds"),
            [2] = Of("preconditions", "Preconditions"),
            [3] = Flag("orphanDependents"),
            [4] = Text("propagationPolicy"),
            [5] = Texts("dryRun"),
        },
        ["Preconditions"] = new() { [1] = Text("uid"), [2] = Text("resourceVersion") },
    };

    /// <summary>The fields of a message by number; null for a message that is not known.</summary>
    /// <param name="message">Its name.</param>
    public static IReadOnlyDictionary<int, ProtobufField>? Find(string message) =>
        All.GetValueOrDefault(message) ?? StoredProtobufTypes.All.GetValueOrDefault(message);

    /// <summary>The message of a kind: its name, and where versions of a kind differ, with the version.</summary>
    /// <param name="apiVersion">For example <c>autoscaling/v1</c>.</param>
    /// <param name="kind">For example <c>HorizontalPodAutoscaler</c>.</param>
    public static string NameOf(string apiVersion, string kind) =>
        apiVersion == "autoscaling/v1" && kind == "HorizontalPodAutoscaler" ? StoredProtobufTypes.OldAutoscaler : kind;

    internal static ProtobufField Text(string name) => new(name, ProtobufKind.Text);

    internal static ProtobufField Texts(string name) => new(name, ProtobufKind.Text, IsList: true);

    internal static ProtobufField Number(string name) => new(name, ProtobufKind.Number);

    internal static ProtobufField Flag(string name) => new(name, ProtobufKind.Flag);

    internal static ProtobufField Of(string name, string message) => new(name, ProtobufKind.Message, message);

    internal static ProtobufField List(string name, string message) => new(name, ProtobufKind.Message, message, IsList: true);
}
