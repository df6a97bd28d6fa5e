using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Kubernetes.Services;
using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// The pods of a Rollout that has a pod template, by its ReplicaSets. What they have before and after a canary,
/// <see cref="RolloutPods"/> sets.
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="namespace">The Rollout's namespace.</param>
/// <param name="rollout">Its name.</param>
/// <param name="stable">The hash of the stable release.</param>
/// <param name="canary">The hash of the release that comes.</param>
internal sealed class RolloutReplicas(ObjectStore store, string @namespace, string rollout, string stable, string canary) : IReplicas
{
    /// <inheritdoc/>
    public int Total => (int)(store.Find(ArgoKinds.Rollout, @namespace, rollout)?.Content.Number("spec", "replicas") ?? 1);

    /// <inheritdoc/>
    public ReplicaCounts Ready => new(CountReady(stable), CountReady(canary));

    /// <inheritdoc/>
    public void Scale(ReplicaCounts wanted)
    {
        Scale(stable, wanted.Stable);
        Scale(canary, wanted.Canary);
    }

    /// <inheritdoc/>
    public void End(bool isPromoted) => Scale(isPromoted ? new ReplicaCounts(0, Total) : new ReplicaCounts(Total, 0));

    private void Scale(string hash, int replicas) => store.Update(KubernetesKinds.ReplicaSet, @namespace, $"{rollout}-{hash}",
        current => current["spec"]!["replicas"] = replicas);

    private int CountReady(string hash)
    {
        var uid = store.Find(KubernetesKinds.ReplicaSet, @namespace, $"{rollout}-{hash}")?.Content.Uid();
        return uid is null ? 0 : store.All(KubernetesKinds.Pod).Select(found => found.Content).Count(pod => EndpointObjects.IsReady(pod)
            && pod.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == uid));
    }
}
