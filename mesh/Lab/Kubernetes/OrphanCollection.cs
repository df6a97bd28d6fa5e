using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// Takes away what a controller made for an owner that went in the same moment (<c>pkg/controller/garbagecollector</c>).
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="lifecycle">Ends pods.</param>
internal sealed class OrphanCollection(ObjectStore store, PodLifecycle lifecycle)
{
    private static readonly ResourceDefinition[] Endpoints = [KubernetesKinds.Endpoints, KubernetesKinds.EndpointSlice];

    /// <summary>Takes them away.</summary>
    public void Collect()
    {
        Collect([KubernetesKinds.ReplicaSet], [KubernetesKinds.Deployment, ArgoKinds.Rollout],
            (kind, orphan) => store.Remove(kind, orphan.Namespace(), orphan.Name()));
        Collect([KubernetesKinds.Pod], [KubernetesKinds.ReplicaSet], (_, orphan) => lifecycle.Mark(orphan.Namespace(), orphan.Name()));
        Collect([ArgoKinds.AnalysisRun], [ArgoKinds.Rollout], (kind, orphan) => store.Remove(kind, orphan.Namespace(), orphan.Name()));
        Collect(Endpoints, [KubernetesKinds.Service], (kind, orphan) => store.Remove(kind, orphan.Namespace(), orphan.Name()));
    }

    private void Collect(
        IEnumerable<ResourceDefinition> kinds, IReadOnlyList<ResourceDefinition> owners, Action<ResourceDefinition, JsonObject> remove)
    {
        var alive = owners.SelectMany(store.All).Select(found => found.Content.Uid()).ToHashSet(StringComparer.Ordinal);
        var names = owners.Select(owner => owner.Kind).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            foreach (var orphan in store.All(kind).Select(found => found.Content).ToList())
            {
                var own = orphan.Items("metadata", "ownerReferences").Where(owner => names.Contains(owner.Text("kind") ?? "")).ToList();
                if (own.Count > 0 && !own.Exists(owner => alive.Contains(owner.Text("uid") ?? "")))
                {
                    remove(kind, orphan);
                }
            }
        }
    }
}
