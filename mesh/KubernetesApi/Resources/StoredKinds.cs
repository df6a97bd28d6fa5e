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
            Columns = Columns.NetworkPolicy,
        }),
        Stored(new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets")
        {
            ShortNames = ["pdb"],
            HasStatus = true,
            Model = () => typeof(V1PodDisruptionBudget),
            Columns = Columns.PodDisruptionBudget,
        }),
        Stored(new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers")
        {
            ShortNames = ["hpa"],
            Categories = ["all"],
            HasStatus = true,
            Model = () => typeof(V2HorizontalPodAutoscaler),
            Columns = Columns.Autoscaler,
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

    private static ResourceDefinition Stored(ResourceDefinition definition) =>
        definition with { Warning = $"{definition.Kind}: {NotEnforced}" };
}
