namespace Bookinfo.Mesh.Proxy.Limits;

/// <summary>What is under way from one caller to one destination; outlives the rules.</summary>
internal sealed class LimitsInUse
{
    private long _requests;
    private long _retries;

    public long Retries => Volatile.Read(ref _retries);

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
