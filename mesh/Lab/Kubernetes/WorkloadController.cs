using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Kubernetes.Services;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// What Kubernetes' controllers of Deployments, ReplicaSets and endpoints do: brings what runs in line with what is asked for, one round
/// after another, each time something has changed (<c>pkg/controller/deployment</c>, <c>pkg/controller/replicaset</c>).
/// </summary>
internal sealed class WorkloadController : IAsyncDisposable
{
    private const string ChangeCause = "kubernetes.io/change-cause";

    private readonly ObjectStore _store;
    private readonly PodLifecycle _lifecycle;
    private readonly WorkloadObjects _objects;
    private readonly OrphanCollection _orphans;
    private readonly PodOwners _owners;
    private readonly Action _updateServices;
    private readonly RolloutController _rollouts;
    private readonly ChangeSignal _changes;
    private readonly TextWriter _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <summary>Begins.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="lifecycle">Starts and stops pods.</param>
    /// <param name="objects">Makes objects.</param>
    /// <param name="rollouts">Starts canaries.</param>
    /// <param name="updateServices">Brings the Services in line with the pods.</param>
    /// <param name="changes">Is set for each change; shared with all that make changes.</param>
    /// <param name="log">Where failures are told.</param>
    public WorkloadController(ObjectStore store, PodLifecycle lifecycle, WorkloadObjects objects, RolloutController rollouts,
        Action updateServices, ChangeSignal changes, TextWriter log)
    {
        (_store, _lifecycle, _objects, _rollouts) = (store, lifecycle, objects, rollouts);
        (_updateServices, _changes, _log) = (updateServices, changes, log);
        _orphans = new OrphanCollection(store, lifecycle);
        _owners = new PodOwners(store);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends it; the pods stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _changes.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                try
                {
                    Reconcile();
                }
                catch (ApiException)
                {
                    // A client was faster; its change brings the next round.
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // One object that cannot be carried out must not stop what is done for the others.
                    await _log.WriteLineAsync($"kube: a round of the controllers failed: {e}");
                }

                await _changes.WaitAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The Lab ends.
        }
    }

    private void Reconcile()
    {
        _orphans.Collect();
        foreach (var deployment in All(KubernetesKinds.Deployment).Where(deployment => !IsGoing(deployment)))
        {
            Reconcile(deployment);
        }

        _rollouts.Reconcile();
        foreach (var set in All(KubernetesKinds.ReplicaSet))
        {
            ReconcilePods(set);
        }

        foreach (var pod in All(KubernetesKinds.Pod))
        {
            if (IsGoing(pod))
            {
                _ = _lifecycle.End(pod);
            }
            else
            {
                _ = _lifecycle.BeginOnce(pod, _stopping.Token);
                _lifecycle.Relabel(pod);
            }
        }

        _updateServices();
        foreach (var deployment in All(KubernetesKinds.Deployment))
        {
            WriteStatus(deployment);
        }

        // A Rollout counts the pods of its ReplicaSets as they are now.
        _rollouts.Reconcile();
    }

    /// <summary>The ReplicaSet of the template has all pods; those of earlier templates go when its pods are ready.</summary>
    private void Reconcile(JsonObject deployment)
    {
        Adopt(deployment);
        var sets = OwnedBy(deployment, KubernetesKinds.ReplicaSet);
        var name = WorkloadObjects.ReplicaSetName(deployment);
        var latest = sets.Select(RevisionOf).DefaultIfEmpty(0).Max();
        var current = sets.Find(set => set.Name() == name);
        if (deployment.At("spec", "paused") is JsonValue value && value.TryGetValue<bool>(out var isPaused) && isPaused)
        {
            // What was rolled out last is still scaled; another template waits.
            if (sets.MaxBy(RevisionOf) is { } last)
            {
                Scale(deployment, last, Replicas(deployment));
            }

            return;
        }

        if (current is null)
        {
            current = _store.Put(KubernetesKinds.ReplicaSet, _objects.ReplicaSet(deployment, latest + 1), ObjectStore.Absent).Content;
        }
        else if (RevisionOf(current) < latest)
        {
            SetRevision(KubernetesKinds.ReplicaSet, current, latest + 1);
        }

        // A client may have deleted the ReplicaSet by now.
        SetRevision(KubernetesKinds.Deployment, deployment,
            RevisionOf(_store.Find(KubernetesKinds.ReplicaSet, current.Namespace(), name)?.Content ?? current));
        CopyCause(deployment, current);
        var wanted = Replicas(deployment);
        Scale(deployment, current, wanted);
        if (OwnedBy(current, KubernetesKinds.Pod).Count(EndpointObjects.IsReady) >= wanted)
        {
            foreach (var old in sets.Where(set => set.Name() != name))
            {
                Scale(deployment, old, 0);
            }
        }
    }

    /// <summary>ReplicaSets that were left without an owner are the Deployment's whose selector matches them.</summary>
    private void Adopt(JsonObject deployment)
    {
        var selector = deployment.Texts("spec", "selector", "matchLabels");
        foreach (var set in All(KubernetesKinds.ReplicaSet).Where(set => set.Namespace() == deployment.Namespace()
            && !set.Items("metadata", "ownerReferences").Any() && !IsGoing(set)
            && selector.All(label => set.Text("metadata", "labels", label.Key) == label.Value)))
        {
            _store.Update(KubernetesKinds.ReplicaSet, set.Namespace(), set.Name(),
                current => current.Metadata()["ownerReferences"] = new JsonArray(deployment.OwnerReference()));
        }
    }

    private void Scale(JsonObject deployment, JsonObject set, long replicas)
    {
        var before = Replicas(set);
        if (before != replicas)
        {
            _store.Update(KubernetesKinds.ReplicaSet, set.Namespace(), set.Name(), current => current["spec"]!["replicas"] = replicas);
            _lifecycle.Tell(deployment, "ScalingReplicaSet",
                $"Scaled {(replicas > before ? "up" : "down")} replica set {set.Name()} from {before} to {replicas}");
        }
    }

    private void ReconcilePods(JsonObject set)
    {
        _owners.Update(set);
        var own = OwnedBy(set, KubernetesKinds.Pod).Where(pod => !IsGoing(pod)).ToList();
        var wanted = !IsGoing(set) ? (int)Replicas(set) : set.WaitsForOwned() ? 0 : own.Count;
        for (var missing = wanted - own.Count; missing > 0; missing--)
        {
            _ = _lifecycle.Begin(set, _stopping.Token);
        }

        // Those that are not ready go first, then the youngest.
        foreach (var surplus in own.OrderBy(EndpointObjects.IsReady)
            .ThenByDescending(pod => pod.Text("metadata", "creationTimestamp"), StringComparer.Ordinal)
            .ThenByDescending(pod => pod.Name().Length).ThenByDescending(pod => pod.Name(), StringComparer.Ordinal)
            .Take(own.Count - wanted))
        {
            _lifecycle.Mark(surplus.Namespace(), surplus.Name());
            _lifecycle.Tell(set, "SuccessfulDelete", $"Deleted pod: {surplus.Name()}");
        }

        own = [.. OwnedBy(set, KubernetesKinds.Pod).Where(pod => !IsGoing(pod))];
        var ready = own.Count(EndpointObjects.IsReady);
        _store.Update(KubernetesKinds.ReplicaSet, set.Namespace(), set.Name(), current => current["status"] = new JsonObject
        {
            ["replicas"] = own.Count,
            ["fullyLabeledReplicas"] = own.Count,
            ["readyReplicas"] = ready,
            ["availableReplicas"] = ready,
            ["observedGeneration"] = current.Number("metadata", "generation") ?? 1,
        });
    }

    private void WriteStatus(JsonObject deployment)
    {
        var sets = OwnedBy(deployment, KubernetesKinds.ReplicaSet);
        var current = sets.Find(set => set.Name() == WorkloadObjects.ReplicaSetName(deployment));
        var (wanted, ready) = (Replicas(deployment), sets.Sum(set => set.Number("status", "readyReplicas") ?? 0));
        var isDone = current.Number("status", "readyReplicas") >= wanted
            && sets.Sum(set => set.Number("status", "replicas") ?? 0) == wanted;
        _store.Update(KubernetesKinds.Deployment, deployment.Namespace(), deployment.Name(), now => now["status"] = new JsonObject
        {
            ["observedGeneration"] = now.Number("metadata", "generation") ?? 1,
            ["replicas"] = sets.Sum(set => set.Number("status", "replicas") ?? 0),
            ["updatedReplicas"] = current.Number("status", "replicas") ?? 0,
            ["readyReplicas"] = ready,
            ["availableReplicas"] = ready,
            ["unavailableReplicas"] = Math.Max(0, wanted - ready),
            ["conditions"] = new JsonArray(
                Condition(now, "Available", ready >= wanted, ready >= wanted ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"),
                Condition(now, "Progressing", true, isDone ? "NewReplicaSetAvailable" : "ReplicaSetUpdated")),
        });
    }

    private JsonObject Condition(JsonObject deployment, string type, bool holds, string reason)
    {
        var before = deployment.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);
        var status = holds ? "True" : "False";
        return before.Text("status") == status && before.Text("reason") == reason ? before!.Copy() : new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["lastUpdateTime"] = _objects.Now(),
            ["lastTransitionTime"] = _objects.Now(),
        };
    }

    private void SetRevision(ResourceDefinition kind, JsonObject resource, long revision) =>
        _store.Update(kind, resource.Namespace(), resource.Name(), current =>
            current.Metadata().Section("annotations")[WorkloadObjects.Revision] = revision.ToString(CultureInfo.InvariantCulture));

    /// <summary>Why the Deployment was changed, as <c>kubectl rollout history</c> reads it off its ReplicaSets.</summary>
    private void CopyCause(JsonObject deployment, JsonObject set)
    {
        if (deployment.Text("metadata", "annotations", ChangeCause) is { } cause)
        {
            _store.Update(KubernetesKinds.ReplicaSet, set.Namespace(), set.Name(),
                current => current.Metadata().Section("annotations")[ChangeCause] = cause);
        }
    }

    private List<JsonObject> All(ResourceDefinition kind) => [.. _store.All(kind).Select(found => found.Content)];

    private List<JsonObject> OwnedBy(JsonObject owner, ResourceDefinition kind) => [.. All(kind).Where(resource =>
        resource.Items("metadata", "ownerReferences").Any(reference => reference.Text("uid") == owner.Uid()))];

    private static bool IsGoing(JsonObject resource) => resource.Text("metadata", "deletionTimestamp") is not null;

    private static long Replicas(JsonObject resource) => resource.Number("spec", "replicas") ?? 1;

    private static long RevisionOf(JsonObject set) =>
        long.TryParse(set.Text("metadata", "annotations", WorkloadObjects.Revision), CultureInfo.InvariantCulture, out var revision)
            ? revision : 0;
}
