namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Wakes the controllers: any number of changes is one reason to look again.</summary>
internal sealed class ChangeSignal : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly Lock _lock = new();
    private bool _isDisposed;

    /// <summary>Something has changed.</summary>
    public void Set()
    {
        lock (_lock)
        {
            if (!_isDisposed && _changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
    }

    /// <summary>Waits for a change since the last one that was waited for.</summary>
    /// <param name="cancellation">Gives up.</param>
    public Task WaitAsync(CancellationToken cancellation) => _changed.WaitAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _changed.Dispose();
        }
    }
}
