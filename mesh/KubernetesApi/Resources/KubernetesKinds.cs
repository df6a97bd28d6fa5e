using k8s.Models;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>Kubernetes' own kinds, as far as the Lab has them.</summary>
public static class KubernetesKinds
{
    /// <summary>Namespaces.</summary>
    public static ResourceDefinition Namespace { get; } = new("", "v1", "Namespace", "namespaces")
    {
        ShortNames = ["ns"],
        IsNamespaced = false,
        HasStatus = true,
        SelectableFields = ["status.phase"],
        Model = () => typeof(V1Namespace),
        Columns = Columns.Namespace,
    };

    /// <summary>Nodes: this machine is the only one.</summary>
    public static ResourceDefinition Node { get; } = new("", "v1", "Node", "nodes")
    {
        ShortNames = ["no"],
        IsNamespaced = false,
        IsReadOnly = true,
        HasStatus = true,
        SelectableFields = ["spec.unschedulable"],
        Model = () => typeof(V1Node),
        Columns = Columns.Node,
    };

    /// <summary>Pods.</summary>
    public static ResourceDefinition Pod { get; } = new("", "v1", "Pod", "pods")
    {
        ReturnsDeleted = true,
        ShortNames = ["po"],
        Categories = ["all"],
        HasStatus = true,
        Subresources = [new("log", ["get"])],
        SelectableFields = ["spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "status.phase", "status.podIP"],
        Model = () => typeof(V1Pod),
        Columns = Columns.Pod,
    };

    /// <summary>Services.</summary>
    public static ResourceDefinition Service { get; } = new("", "v1", "Service", "services")
    {
        ReturnsDeleted = true,
        ShortNames = ["svc"],
        Categories = ["all"],
        HasStatus = true,
        SelectableFields = ["spec.clusterIP", "spec.type"],
        Model = () => typeof(V1Service),
        Columns = Columns.Service,
    };

    /// <summary>The addresses behind a Service, in the old form.</summary>
    public static ResourceDefinition Endpoints { get; } = new("", "v1", "Endpoints", "endpoints")
    {
        ShortNames = ["ep"],
        Model = () => typeof(V1Endpoints),
        Columns = Columns.Endpoints,
    };

    /// <summary>The addresses behind a Service.</summary>
    public static ResourceDefinition EndpointSlice { get; } = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices")
    {
        Model = () => typeof(V1EndpointSlice),
        HasGeneration = true,
        Columns = Columns.EndpointSlice,
    };

    /// <summary>Deployments.</summary>
    public static ResourceDefinition Deployment { get; } = new("apps", "v1", "Deployment", "deployments")
    {
        ShortNames = ["deploy"],
        Categories = ["all"],
        HasStatus = true,
        Subresources = [Subresource.Scale],
        Model = () => typeof(V1Deployment),
        HasGeneration = true,
        Columns = Columns.Deployment,
    };

    /// <summary>ReplicaSets.</summary>
    public static ResourceDefinition ReplicaSet { get; } = new("apps", "v1", "ReplicaSet", "replicasets")
    {
        ShortNames = ["rs"],
        Categories = ["all"],
        HasStatus = true,
        Subresources = [Subresource.Scale],
        SelectableFields = ["status.replicas"],
        Model = () => typeof(V1ReplicaSet),
        HasGeneration = true,
        Columns = Columns.ReplicaSet,
    };

    /// <summary>Events.</summary>
    public static ResourceDefinition Event { get; } = new("", "v1", "Event", "events")
    {
        ShortNames = ["ev"],
        SelectableFields =
        [
            "involvedObject.apiVersion", "involvedObject.fieldPath", "involvedObject.kind", "involvedObject.name",
            "involvedObject.namespace", "involvedObject.resourceVersion", "involvedObject.uid", "reason", "reportingComponent", "source",
            "type",
        ],
        Model = () => typeof(Corev1Event),
        Columns = Columns.Event,
    };

    /// <summary>ConfigMaps.</summary>
    public static ResourceDefinition ConfigMap { get; } = new("", "v1", "ConfigMap", "configmaps")
    {
        ShortNames = ["cm"],
        Model = () => typeof(V1ConfigMap),
        Columns = Columns.ConfigMap,
    };

    /// <summary>Secrets.</summary>
    public static ResourceDefinition Secret { get; } = new("", "v1", "Secret", "secrets")
    {
        SelectableFields = ["type"],
        Model = () => typeof(V1Secret),
        Columns = Columns.Secret,
    };

    /// <summary>ServiceAccounts.</summary>
    public static ResourceDefinition ServiceAccount { get; } = new("", "v1", "ServiceAccount", "serviceaccounts")
    {
        ReturnsDeleted = true,
        ShortNames = ["sa"],
        Model = () => typeof(V1ServiceAccount),
        Columns = Columns.ServiceAccount,
    };

    /// <summary>Every kind: those above, and those that are only stored.</summary>
    public static IReadOnlyList<ResourceDefinition> All { get; } =
    [
        ConfigMap, Endpoints, Event, Namespace, Node, Pod, Secret, ServiceAccount, Service, Deployment, ReplicaSet, EndpointSlice,
        .. StoredKinds.All,
    ];
}
