using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Kubernetes.Services;
using Bookinfo.Mesh.Lab.Pods;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// Asks pods that run whether they are ready, as a kubelet does by their readiness probe: one that is not leaves the endpoints of its
/// Services until it is again (<c>pkg/kubelet/prober</c>). A pod that is slow to answer stays as it was.
/// </summary>
internal sealed class PodReadiness : IAsyncDisposable
{
    /// <summary>The time between two rounds.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ObjectStore _store;
    private readonly LivePods _pods;
    private readonly PodLifecycle _lifecycle;
    private readonly WorkloadObjects _objects;
    private readonly Action _changed;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <summary>Begins.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="pods">The pods that run.</param>
    /// <param name="lifecycle">Notes events.</param>
    /// <param name="objects">Writes conditions.</param>
    /// <param name="changed">Called where a pod's readiness has changed.</param>
    public PodReadiness(ObjectStore store, LivePods pods, PodLifecycle lifecycle, WorkloadObjects objects, Action changed)
    {
        (_store, _pods, _lifecycle, _objects, _changed) = (store, pods, lifecycle, objects, changed);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Period, _objects.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                var running = _store.All(KubernetesKinds.Pod).Select(found => found.Content)
                    .Where(pod => pod.Text("status", "podIP") is not null && pod.Text("metadata", "deletionTimestamp") is null).ToList();
                await Task.WhenAll(running.Select(ProbeAsync));
            }
        }
        catch (OperationCanceledException)
        {
            // The Lab ends.
        }
    }

    private async Task ProbeAsync(JsonObject pod)
    {
        var isReady = await _pods.IsReadyAsync(pod.Name(), _stopping.Token);
        if (isReady is null || isReady == EndpointObjects.IsReady(pod))
        {
            return;
        }

        _store.Update(KubernetesKinds.Pod, pod.Namespace(), pod.Name(), current => _objects.SetReady(current, isReady.Value));
        if (!isReady.Value)
        {
            _lifecycle.Tell(
                pod, "Unhealthy", "Readiness probe failed: the pod does not answer, or says that it is not ready", isWarning: true);
        }

        _changed();
    }
}
