using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// What the mesh knows of a pod: the name of the Deployment that it comes from, and its labels
/// (<c>pkg/kube/kubetypes/inject.go: GetDeployMetaFromPod</c> of istio/istio).
/// </summary>
/// <param name="store">The objects.</param>
internal sealed class PodWorkloads(ObjectStore store)
{
    /// <summary>The workload of a pod.</summary>
    /// <param name="pod">The pod.</param>
    public Workload Of(JsonObject pod)
    {
        var labels = pod.Texts("metadata", "labels");
        var version = labels.GetValueOrDefault("version", "latest");
        var name = NameOf(pod) ?? (labels.TryGetValue("app", out var own) ? $"{own}-{version}" : pod.Name());
        return new Workload(name, labels.GetValueOrDefault("app", name), version, labels, pod.Namespace());
    }

    /// <summary>The Deployment's, or that of a ReplicaSet without one; null for a Rollout's pods: its releases have a name each.</summary>
    private string? NameOf(JsonObject pod)
    {
        if (Owner(pod, KubernetesKinds.ReplicaSet.Kind) is not { } set)
        {
            return null;
        }

        var owned = store.Find(KubernetesKinds.ReplicaSet, pod.Namespace(), set)?.Content;
        return Owner(owned, ArgoKinds.Rollout.Kind) is not null ? null : Owner(owned, KubernetesKinds.Deployment.Kind) ?? set;
    }

    private static string? Owner(JsonNode? resource, string kind) => resource.Items("metadata", "ownerReferences")
        .FirstOrDefault(reference => reference.Text("kind") == kind).Text("name");
}
