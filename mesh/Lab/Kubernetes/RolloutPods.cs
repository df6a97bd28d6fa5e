using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Kubernetes.Services;
using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// The pods of a Rollout that has a pod template: a ReplicaSet for the stable release, and one for the canary, which
/// <see cref="RolloutReplicas"/> scales while it is under way.
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="objects">Makes ReplicaSets.</param>
internal sealed class RolloutPods(ObjectStore store, WorkloadObjects objects)
{
    /// <summary>Whether a Rollout has pods of its own; without, the releases run already.</summary>
    public static bool Has(JsonObject rollout) => rollout.At("spec", "template", "spec") is not null;

    /// <summary>The hash of a Rollout's pod template.</summary>
    public static string HashOf(JsonObject rollout) => WorkloadObjects.ReplicaSetName(rollout)[(rollout.Name().Length + 1)..];

    /// <summary>The version label of the pods of a ReplicaSet; null where there is none.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="hash">The hash of the ReplicaSet's template.</param>
    public string? VersionOf(JsonObject rollout, string hash) => !Has(rollout) ? null
        : store.Find(KubernetesKinds.ReplicaSet, rollout.Namespace(), $"{rollout.Name()}-{hash}")?.Content
            .Text("spec", "template", "metadata", "labels", "version");

    /// <summary>Whether a release has a pod, of a Rollout that has none of its own.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="service">Its service.</param>
    /// <param name="version">The release.</param>
    public bool IsRunning(JsonObject rollout, string service, string version) =>
        store.All(KubernetesKinds.Pod).Select(found => found.Content).Any(pod => pod.Namespace() == rollout.Namespace()
            && pod.Text("metadata", "labels", "app") == service && pod.Text("metadata", "labels", "version") == version
            && EndpointObjects.IsReady(pod));

    /// <summary>The pods that a canary scales; null for those that <see cref="DeploymentReplicas"/> has.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="stable">The hash of the stable release.</param>
    /// <param name="hash">The hash of the release that comes.</param>
    public IReplicas? ReplicasOf(JsonObject rollout, string stable, string hash) =>
        Has(rollout) ? new RolloutReplicas(store, rollout.Namespace(), rollout.Name(), stable, hash) : null;

    /// <summary>
    /// Makes the ReplicaSet of the template, takes the pods of releases that have no part away, and counts pods in the status.
    /// </summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="stable">The hash of the stable release.</param>
    /// <param name="isUnderWay">Whether a canary scales the two ReplicaSets; else the stable one has all pods.</param>
    /// <param name="status">The status; it is changed.</param>
    public void Reconcile(JsonObject rollout, string stable, bool isUnderWay, JsonObject status)
    {
        if (!Has(rollout))
        {
            CountOthers(rollout, stable, status);
            return;
        }

        var (name, wanted) = ($"{rollout.Name()}-{HashOf(rollout)}", rollout.Number("spec", "replicas") ?? 1);
        if (store.Find(KubernetesKinds.ReplicaSet, rollout.Namespace(), name) is null)
        {
            store.Put(KubernetesKinds.ReplicaSet, objects.ReplicaSet(rollout, Own(rollout).Count + 1), ObjectStore.Absent);
        }

        var kept = $"{rollout.Name()}-{stable}";
        foreach (var set in Own(rollout).Where(set => !isUnderWay || (set.Name() != kept && set.Name() != name)))
        {
            var replicas = set.Name() == kept ? wanted : 0;
            store.Update(KubernetesKinds.ReplicaSet, set.Namespace(), set.Name(), current => current["spec"]!["replicas"] = replicas);
        }

        var sets = Own(rollout);
        long Sum(IEnumerable<JsonObject> some, string field) => some.Sum(set => set.Number("status", field) ?? 0);
        status["replicas"] = Sum(sets, "replicas");
        status["updatedReplicas"] = Sum(sets.Where(set => set.Name() == name), "replicas");
        status["readyReplicas"] = Sum(sets, "readyReplicas");
        status["availableReplicas"] = Sum(sets, "availableReplicas");
        if (status.Text("phase") == "Healthy" && Sum(sets, "readyReplicas") < wanted)
        {
            (status["phase"], status["message"]) = ("Progressing", "more replicas need to be updated");
        }
    }

    /// <summary>A Rollout without pods of its own counts those of the two releases, whoever has made them.</summary>
    private void CountOthers(JsonObject rollout, string stable, JsonObject status)
    {
        var hash = status.Text("currentPodHash");
        var versions = store.All(KubernetesKinds.Pod).Select(found => found.Content)
            .Where(pod => pod.Namespace() == rollout.Namespace() && pod.Text("metadata", "labels", "app") == rollout.Name()
                && EndpointObjects.IsReady(pod))
            .Select(pod => pod.Text("metadata", "labels", "version")).Where(version => version == stable || version == hash).ToList();
        (status["replicas"], status["readyReplicas"], status["availableReplicas"]) = (versions.Count, versions.Count, versions.Count);
        status["updatedReplicas"] = versions.Count(version => version == hash);
    }

    private List<JsonObject> Own(JsonObject rollout) => [.. store.All(KubernetesKinds.ReplicaSet).Select(found => found.Content)
        .Where(set => set.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == rollout.Uid()))];
}
