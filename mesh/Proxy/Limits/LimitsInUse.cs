namespace Bookinfo.Mesh.Proxy.Limits;

/// <summary>What is under way from one caller to one destination; outlives the rules.</summary>
internal sealed class LimitsInUse
{
    private readonly Lock _gateLock = new();
    private ConnectionGate? _gate;
    private long _requests;
    private long _retries;

    public long Retries => Volatile.Read(ref _retries);

    /// <summary>The gate, with its limits as the rules now have them.</summary>
    public ConnectionGate Gate(long connections, long pending)
    {
        lock (_gateLock)
        {
            _gate ??= new ConnectionGate();
            _gate.Resize(connections, pending);
            return _gate;
        }
    }

    public bool TryBegin(long maxRequests, bool isRetry)
    {
        if (Interlocked.Increment(ref _requests) > maxRequests)
        {
            Interlocked.Decrement(ref _requests);
            return false;
        }

        if (isRetry)
        {
            Interlocked.Increment(ref _retries);
        }

        return true;
    }

    public void End(bool isRetry)
    {
        Interlocked.Decrement(ref _requests);
        if (isRetry)
        {
            Interlocked.Decrement(ref _retries);
        }
    }
}
