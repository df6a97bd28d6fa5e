using System.Collections.Concurrent;
using Bookinfo.Mesh.TrafficConsole.Model;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>The pods of a Lab, started and stopped side by side, and one by one while it runs.</summary>
internal sealed class PodGroup : IPodControl, IAsyncDisposable
{
    private const string OwnerSetting = "RESILIENCE_OWNER";

    private readonly ConcurrentDictionary<string, PodHost> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _resilience = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneChange = new(1);
    private IReadOnlyList<LabPod> _pods = [];
    private PodSettings? _settings;
    private TextWriter _log = TextWriter.Null;

    /// <summary>What reached each pod, by the pod's name.</summary>
    public ConcurrentDictionary<string, PodRequestCounter> RequestCounters { get; } = new();

    /// <summary>Starts them all.</summary>
    /// <param name="pods">Which.</param>
    /// <param name="settings">What they are told.</param>
    /// <param name="log">Where their errors are written.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task StartAsync(IReadOnlyList<LabPod> pods, PodSettings settings, TextWriter log, CancellationToken cancellation)
    {
        (_pods, _settings, _log) = (pods, settings, log);
        return Task.WhenAll(pods.Select(pod => Task.Run(() => RunAsync(pod, cancellation), cancellation)));
    }

    /// <inheritdoc/>
    public long ReachedBy(string pod) => RequestCounters.TryGetValue(pod, out var counter) ? counter.Requests : 0;

    /// <inheritdoc/>
    public Task KillAsync(string pod) => ChangeAsync(async () =>
    {
        if (_running.TryRemove(pod, out var host))
        {
            await host.KillAsync();
        }
    }, CancellationToken.None);

    /// <inheritdoc/>
    public Task StartAsync(string pod, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        if (!_running.ContainsKey(pod) && _pods.FirstOrDefault(known => known.Pod.Name == pod) is { } known)
        {
            await RunAsync(known, cancellation);
        }
    }, cancellation);

    /// <summary>Starts one more pod; when this returns, it listens.</summary>
    /// <param name="pod">The pod, with a name and an address of its own.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">Its address is taken.</exception>
    public Task AddAsync(LabPod pod, CancellationToken cancellation) => ChangeAsync(async () =>
    {
        await RunAsync(pod, cancellation);
        _pods = [.. _pods, pod];
    }, cancellation);

    /// <summary>Stops a pod for good: its requests in flight finish first.</summary>
    /// <param name="pod">Its name.</param>
    public async Task RemoveAsync(string pod)
    {
        PodHost? host = null;
        await ChangeAsync(() =>
        {
            _pods = [.. _pods.Where(known => known.Pod.Name != pod)];
            _running.TryRemove(pod, out host);
            return Task.CompletedTask;
        }, CancellationToken.None);

        // Pods end side by side: one with a request in flight holds up no other.
        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public bool HaveResilience(IReadOnlyList<string> services) => services.All(service => _resilience.GetValueOrDefault(service));

    /// <inheritdoc/>
    public Task SetResilienceAsync(IReadOnlyList<string> services, bool on, CancellationToken cancellation) =>
        ChangeAsync(() => RestartAsync([.. services.Where(service => _resilience.GetValueOrDefault(service) != on)], on, cancellation),
            cancellation);

    /// <inheritdoc/>
    public Task ResetAsync(CancellationToken cancellation) => ChangeAsync(async () =>
    {
        await RestartAsync([.. _resilience.Where(service => service.Value).Select(service => service.Key)], on: false, cancellation);
        foreach (var pod in _pods.Where(pod => !_running.ContainsKey(pod.Pod.Name)))
        {
            await RunAsync(pod, cancellation);
        }
    }, cancellation);

    /// <summary>Stops those that run.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Values.Select(pod => pod.DisposeAsync().AsTask()));
        _oneChange.Dispose();
    }

    private async Task RestartAsync(IReadOnlyList<string> services, bool on, CancellationToken cancellation)
    {
        foreach (var service in services)
        {
            _resilience[service] = on;
        }

        foreach (var pod in _pods.Where(pod => services.Contains(pod.Planned.Service.Name)))
        {
            if (_running.TryRemove(pod.Pod.Name, out var host))
            {
                await host.DisposeAsync();
                await RunAsync(pod, cancellation);
            }
        }
    }

    private async Task RunAsync(LabPod pod, CancellationToken cancellation)
    {
        var settings = _settings!.Of(pod);
        if (_resilience.TryGetValue(pod.Planned.Service.Name, out var on))
        {
            settings[OwnerSetting] = on ? "application" : "mesh";
        }

        var counter = RequestCounters.GetOrAdd(pod.Pod.Name, _ => new PodRequestCounter());
        _running[pod.Pod.Name] = await PodHost.StartAsync(pod, settings, counter, _log, cancellation);
    }

    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellation)
    {
        await _oneChange.WaitAsync(cancellation);
        try
        {
            await change();
        }
        finally
        {
            _oneChange.Release();
        }
    }
}
