using k8s.Models;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>
/// Kinds that manifests bring along and that nothing here carries out: their objects are kept, and each write is answered with a warning.
/// </summary>
public static class StoredKinds
{
    private const string NotEnforced = "stored, not enforced in the Lab";
    private const string Security = "security.istio.io";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResourceDefinition> All { get; } =
    [
        Stored(new("apps", "v1", "StatefulSet", "statefulsets")
        {
            ShortNames = ["sts"],
            Categories = ["all"],
            HasStatus = true,
            Subresources = [Subresource.Scale],
            Model = () => typeof(V1StatefulSet),
            HasGeneration = true,
            Columns = Columns.StatefulSet,
        }),
        Stored(new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims")
        {
            ReturnsDeleted = true,
            ShortNames = ["pvc"],
            HasStatus = true,
            Model = () => typeof(V1PersistentVolumeClaim),
            Columns = [Columns.Age],
        }),
        Stored(new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies")
        {
            ShortNames = ["netpol"],
            Model = () => typeof(V1NetworkPolicy),
            HasGeneration = true,
            Columns = Columns.NetworkPolicy,
        }),
        Stored(new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets")
        {
            ShortNames = ["pdb"],
            HasStatus = true,
            Model = () => typeof(V1PodDisruptionBudget),
            HasGeneration = true,
            Columns = Columns.PodDisruptionBudget,
        }),
        Stored(new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers")
        {
            OtherVersions = ["v1"],
            Conversion = new AutoscalerConversion(),
            ShortNames = ["hpa"],
            Categories = ["all"],
            HasStatus = true,
            Model = () => typeof(V2HorizontalPodAutoscaler),
            Columns = Columns.Autoscaler,
        }),
        Stored(new("apps", "v1", "DaemonSet", "daemonsets")
        {
            ShortNames = ["ds"],
            Categories = ["all"],
            HasStatus = true,
            HasGeneration = true,
            Model = () => typeof(V1DaemonSet),
            Columns = [Columns.Age],
        }),
        Stored(new("batch", "v1", "Job", "jobs")
        {
            Categories = ["all"],
            HasStatus = true,
            HasGeneration = true,
            Model = () => typeof(V1Job),
            Columns = [Columns.Age],
        }),
        Stored(new("batch", "v1", "CronJob", "cronjobs")
        {
            ShortNames = ["cj"],
            Categories = ["all"],
            HasStatus = true,
            HasGeneration = true,
            Model = () => typeof(V1CronJob),
            Columns = [Columns.Age],
        }),
        Stored(new("", "v1", "ReplicationController", "replicationcontrollers")
        {
            ShortNames = ["rc"],
            Categories = ["all"],
            HasStatus = true,
            HasGeneration = true,
            Model = () => typeof(V1ReplicationController),
            Columns = [Columns.Age],
        }),
        Stored(new("", "v1", "PersistentVolume", "persistentvolumes")
        {
            ReturnsDeleted = true,
            ShortNames = ["pv"],
            IsNamespaced = false,
            HasStatus = true,
            Model = () => typeof(V1PersistentVolume),
            Columns = [Columns.Age],
        }),
        Stored(new("", "v1", "ResourceQuota", "resourcequotas")
        {
            ReturnsDeleted = true,
            ShortNames = ["quota"],
            HasStatus = true,
            Model = () => typeof(V1ResourceQuota),
            Columns = [Columns.Age],
        }),
        Stored(new("", "v1", "LimitRange", "limitranges")
        {
            ShortNames = ["limits"],
            Model = () => typeof(V1LimitRange),
            Columns = [Columns.Age],
        }),
        OfAccess("Role", "roles", () => typeof(V1Role)),
        OfAccess("RoleBinding", "rolebindings", () => typeof(V1RoleBinding)),
        OfAccess("ClusterRole", "clusterroles", () => typeof(V1ClusterRole)) with { IsNamespaced = false },
        OfAccess("ClusterRoleBinding", "clusterrolebindings", () => typeof(V1ClusterRoleBinding)) with { IsNamespaced = false },
        Stored(new("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses")
        {
            ShortNames = ["pc"],
            IsNamespaced = false,
            Model = () => typeof(V1PriorityClass),
            Columns = [Columns.Age],
        }),
        Stored(new("storage.k8s.io", "v1", "StorageClass", "storageclasses")
        {
            ShortNames = ["sc"],
            IsNamespaced = false,
            Model = () => typeof(V1StorageClass),
            Columns = [Columns.Age],
        }),
        OfIstio(Security, "AuthorizationPolicy", "authorizationpolicies", "ap") with { Columns = Columns.AuthorizationPolicy },
        OfIstio(Security, "PeerAuthentication", "peerauthentications", "pa") with { Columns = Columns.PeerAuthentication },
        OfIstio(Security, "RequestAuthentication", "requestauthentications", "ra") with { Columns = [Columns.Age] },
        OfIstio("telemetry.istio.io", "Telemetry", "telemetries", "telemetry") with { Columns = [Columns.Age] },
    ];

    /// <summary>Kinds of Istio that are not rules for traffic (<c>manifests/charts/base/files/crd-all.gen.yaml</c>).</summary>
    private static ResourceDefinition OfIstio(string group, string kind, string plural, string shortName) =>
        Stored(new(group, "v1", kind, plural)
        {
            OtherVersions = group == Security ? ["v1beta1"] : ["v1alpha1"],
            ShortNames = [shortName],
            Categories = ["istio-io", $"{group.Split('.')[0]}-istio-io"],
            HasStatus = true,
        });

    private static ResourceDefinition OfAccess(string kind, string plural, Func<Type> model) =>
        Stored(new("rbac.authorization.k8s.io", "v1", kind, plural) { Model = model, Columns = [Columns.Created] });

    private static ResourceDefinition Stored(ResourceDefinition definition) =>
        definition with { Warning = $"{definition.Kind}: {NotEnforced}" };
}
