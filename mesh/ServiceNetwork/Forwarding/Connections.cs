using System.Collections.Concurrent;

namespace Bookinfo.Mesh.ServiceNetwork.Forwarding;

/// <summary>The connections that are under way, whatever listened for them.</summary>
internal sealed class Connections : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>How many there are.</summary>
    public int Count => _running.Count;

    /// <summary>Lets one run until it ends or all are cut.</summary>
    /// <param name="serve">Serves the connection; it throws nothing.</param>
    public void Start(Func<CancellationToken, Task> serve)
    {
        var running = serve(_stopping.Token);
        _running[running] = true;
        _ = running.ContinueWith(ended => _running.TryRemove(ended, out _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Cuts all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys);
    }
}
