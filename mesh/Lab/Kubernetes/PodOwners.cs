using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// Whose pods are a ReplicaSet's: one without an owner that its selector matches is adopted, and one that it no longer matches is let go
/// (<c>pkg/controller/controller_ref_manager.go: ClaimPods</c>).
/// </summary>
/// <param name="store">The objects.</param>
internal sealed class PodOwners(ObjectStore store)
{
    /// <summary>Adopts pods, and lets pods go.</summary>
    /// <param name="set">The ReplicaSet.</param>
    public void Update(JsonObject set)
    {
        var selector = set.Texts("spec", "selector", "matchLabels");
        if (IsGoing(set) || selector.Count == 0)
        {
            return;
        }

        foreach (var pod in store.All(KubernetesKinds.Pod).Select(found => found.Content)
            .Where(pod => pod.Namespace() == set.Namespace() && !IsGoing(pod)).ToList())
        {
            var isOwn = pod.Items("metadata", "ownerReferences").Any(reference => reference.Text("uid") == set.Uid());
            var matches = selector.All(label => pod.Text("metadata", "labels", label.Key) == label.Value);
            if (isOwn && !matches)
            {
                SetOwner(pod, null);
            }
            else if (matches && !pod.Items("metadata", "ownerReferences").Any())
            {
                SetOwner(pod, set);
            }
        }
    }

    private void SetOwner(JsonObject pod, JsonObject? owner) =>
        store.Update(KubernetesKinds.Pod, pod.Namespace(), pod.Name(), current =>
        {
            if (owner is null)
            {
                current.Metadata().Remove("ownerReferences");
            }
            else
            {
                current.Metadata()["ownerReferences"] = new JsonArray(owner.OwnerReference());
            }
        });

    private static bool IsGoing(JsonObject resource) => resource.Text("metadata", "deletionTimestamp") is not null;
}
