namespace Bookinfo.Mesh.Http1.Pooling;

/// <summary>
/// What the pools of one destination may have between them: connections, and requests that wait for one, be it for its opening or for its
/// turn (<c>max_connections</c> and <c>max_pending_requests</c> in <c>source/common/conn_pool/conn_pool_base.cc</c> of envoyproxy/envoy).
/// </summary>
/// <param name="maxConnections">Open connections, those being opened included.</param>
/// <param name="maxPending">Requests that wait for a connection.</param>
public sealed class PoolBudget(long maxConnections = long.MaxValue, long maxPending = long.MaxValue)
{
    private long _connections;
    private long _pending;

    /// <summary>Connections that are open or being opened.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Requests that wait.</summary>
    public long Pending => Volatile.Read(ref _pending);

    internal bool TryWait() => TryTake(ref _pending, maxPending);

    internal void EndWait() => Interlocked.Decrement(ref _pending);

    /// <param name="isFirst">The pool has no other: it gets one whatever the others have, so that its requests do not wait for
    /// ever.</param>
    internal bool TryOpen(bool isFirst)
    {
        if (!isFirst)
        {
            return TryTake(ref _connections, maxConnections);
        }

        Interlocked.Increment(ref _connections);
        return true;
    }

    internal void Close() => Interlocked.Decrement(ref _connections);

    private static bool TryTake(ref long taken, long most)
    {
        if (Interlocked.Increment(ref taken) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref taken);
        return false;
    }
}
