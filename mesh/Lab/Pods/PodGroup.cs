using System.Collections.Concurrent;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>The pods of a Lab, started and stopped side by side.</summary>
internal sealed class PodGroup : IAsyncDisposable
{
    private readonly ConcurrentBag<PodHost> _started = [];

    /// <summary>What reached each pod, by the pod's name.</summary>
    public ConcurrentDictionary<string, PodRequestCounter> RequestCounters { get; } = new();

    /// <summary>Starts them all.</summary>
    /// <param name="pods">Which.</param>
    /// <param name="settings">What they are told.</param>
    /// <param name="log">Where their errors are written.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task StartAsync(IReadOnlyList<LabPod> pods, PodSettings settings, TextWriter log, CancellationToken cancellation) =>
        Task.WhenAll(pods.Select(pod =>
            Task.Run(async () =>
                _started.Add(await PodHost.StartAsync(pod, settings, RequestCounters.GetOrAdd(pod.Pod.Name, _ => new PodRequestCounter()),
                    log, cancellation)), cancellation)));

    /// <summary>Stops those that were started.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_started.Select(pod => pod.DisposeAsync().AsTask()));
}
