using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Pods;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>What a kubelet does: starts the program of a Pod, says how it stands, and stops it when the Pod is to go.</summary>
/// <param name="store">The objects.</param>
/// <param name="pods">The pods that run.</param>
/// <param name="images">What each image runs.</param>
/// <param name="objects">Writes conditions and events.</param>
/// <param name="changed">Called after each change of a Pod.</param>
internal sealed class PodLifecycle(ObjectStore store, LivePods pods, SampleImages images, WorkloadObjects objects, Action changed)
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    private readonly ContainerEnvironment _environment = new(store);
    private readonly PodWorkloads _workloads = new(store);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ending = new(StringComparer.Ordinal);

    /// <summary>Makes a pod of a ReplicaSet, and starts its program.</summary>
    /// <param name="set">The ReplicaSet.</param>
    /// <param name="stopping">Gives up.</param>
    /// <returns>Completes when the pod is ready or cannot be.</returns>
    public Task Begin(JsonObject set, CancellationToken stopping)
    {
        var draft = objects.Pod(set, "");
        var planned = Plan(draft, null, out var error);
        draft.Metadata()["name"] = planned?.Pod.Name ?? $"{set.Name()}-{Guid.NewGuid().ToString("N")[..5]}";
        var pod = store.Put(KubernetesKinds.Pod, draft, ObjectStore.Absent).Content;
        Tell(set, "SuccessfulCreate", $"Created pod: {pod.Name()}");
        return RunAsync(pod, planned, error, stopping);
    }

    /// <summary>Starts the program of a pod that a client has made; of one that was begun before, nothing.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="stopping">Gives up.</param>
    /// <returns>Completes when the pod is ready or cannot be.</returns>
    public Task BeginOnce(JsonObject pod, CancellationToken stopping)
    {
        lock (_ending)
        {
            if (_begun.Contains(pod.Uid()) || pod.Text("status", "podIP") is not null)
            {
                return Task.CompletedTask;
            }
        }

        var planned = Plan(pod, pod.Name(), out var error);
        return RunAsync(pod, planned, error, stopping);
    }

    /// <summary>Makes of what a client wants a pod that waits to be begun.</summary>
    /// <param name="pod">The pod; it is changed.</param>
    /// <exception cref="ApiException">403: a pod of another namespace has its name.</exception>
    public void Prepare(JsonObject pod)
    {
        if (pods.IsTaken(pod.Name()))
        {
            throw ApiException.Forbidden("pods", pod.Name(),
                "a pod of the Lab has this name, in this namespace or another; use another name");
        }

        pod["status"] = objects.Waiting(pod["spec"], "ContainerCreating", null);
    }

    /// <summary>Tells the mesh the labels of a pod, which a client may have changed.</summary>
    public void Relabel(JsonObject pod) => pods.Relabel(pod.Name(), _workloads.Of(pod));

    /// <summary>Ends a pod that is to go; it is gone when its requests in flight have finished.</summary>
    /// <param name="pod">The pod.</param>
    public Task End(JsonObject pod)
    {
        lock (_ending)
        {
            if (!_ending.Add(pod.Uid()))
            {
                return Task.CompletedTask;
            }
        }

        Tell(pod, "Killing", $"Stopping container {pod.Items("spec", "containers").FirstOrDefault().Text("name")}");
        return EndAsync(pod);
    }

    /// <summary>Marks a pod as one that is to go.</summary>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    public StoredObject? Mark(string @namespace, string name) => store.Update(KubernetesKinds.Pod, @namespace, name, pod =>
    {
        if (pod.Metadata()["deletionTimestamp"] is null)
        {
            pod.Metadata()["deletionTimestamp"] = objects.Now();
            pod.Metadata()["deletionGracePeriodSeconds"] = 2;
        }
    });

    /// <summary>Notes what happened to an object.</summary>
    public void Tell(JsonObject about, string reason, string message, bool isWarning = false)
    {
        // A namespace that has gone takes its events with it.
        if (store.Find(KubernetesKinds.Namespace, "", about.Namespace()) is not null)
        {
            store.Put(KubernetesKinds.Event, objects.Event(about, reason, message, isWarning));
        }
    }

    private LabPod? Plan(JsonObject pod, string? name, out string? error) => images.TryFind(pod, out var program, out error)
        ? pods.Plan(program.Value.Service, program.Value.Release, _workloads.Of(pod), name) : null;

    private Task RunAsync(JsonObject pod, LabPod? planned, string? error, CancellationToken stopping)
    {
        lock (_ending)
        {
            _begun.Add(pod.Uid());
        }

        if (planned is not null)
        {
            return RunAsync(pod, planned, stopping);
        }

        Wait(pod, "ErrImagePull", error);
        return Task.CompletedTask;
    }

    private async Task RunAsync(JsonObject pod, LabPod planned, CancellationToken stopping)
    {
        var container = pod.Items("spec", "containers").FirstOrDefault();
        Tell(pod, "Pulled", $"Container image \"{container.Text("image")}\" already present on machine");
        try
        {
            if (await ConfigureAsync(pod, planned, stopping) is not { } configured)
            {
                return;
            }

            await Task.Run(() => pods.StartAsync(configured, stopping), stopping);
            store.Update(KubernetesKinds.Pod, pod.Namespace(), pod.Name(), current => objects.SetRunning(current, planned.Pod));
            Tell(pod, "Started", $"Started container {container.Text("name")}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever a program throws at its start is its pod's condition, and no end of the Lab.
            Wait(pod, "CrashLoopBackOff", e.Message);
        }

        changed();
    }

    /// <summary>
    /// Waits for the Secrets and ConfigMaps that the pod takes values from.
    /// </summary>
    /// <returns>The pod with its settings; null where it has gone meanwhile.</returns>
    private async Task<LabPod?> ConfigureAsync(JsonObject pod, LabPod planned, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var release = SampleImages.With(planned.Planned.Release, _environment.Read(pod));
                return planned with { Planned = planned.Planned with { Release = release } };
            }
            catch (FormatException missing)
            {
                if (attempt == 1)
                {
                    Wait(pod, "CreateContainerConfigError", $"Error: {missing.Message}");
                    changed();
                }

                await Task.Delay(BetweenAttempts, objects.Time, stopping);
                if (store.Find(KubernetesKinds.Pod, pod.Namespace(), pod.Name())?.Content.Uid() != pod.Uid())
                {
                    return null;
                }
            }
        }
    }

    private async Task EndAsync(JsonObject pod)
    {
        await Task.Run(() => pods.StopAsync(pod.Name()));
        store.Remove(KubernetesKinds.Pod, pod.Namespace(), pod.Name());
        lock (_ending)
        {
            _ending.Remove(pod.Uid());
            _begun.Remove(pod.Uid());
        }

        changed();
    }

    private void Wait(JsonObject pod, string reason, string? message)
    {
        store.Update(KubernetesKinds.Pod, pod.Namespace(), pod.Name(),
            current => current["status"] = objects.Waiting(current["spec"], reason, message));
        Tell(pod, "Failed", message ?? reason, isWarning: true);
    }
}
