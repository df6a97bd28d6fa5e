namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// The connections that some requests of one caller to one destination share. Once retired they take no more requests, and are closed when
/// the last request on them is over, not only after their idle time.
/// </summary>
/// <param name="invoker">Sends on these connections; it is disposed with them.</param>
/// <param name="mostRequests">How many requests they take before they retire by themselves; 0 for any number.</param>
internal sealed class Http2Connections(HttpMessageInvoker invoker, int mostRequests)
{
    /// <summary>The owner counts as a user until it retires them.</summary>
    private int _users = 1;
    private int _begun;
    private int _retired;

    public HttpMessageInvoker Invoker => invoker;

    /// <summary>Begins a request on them, to be ended by <see cref="Leave"/>; false where they take no more.</summary>
    public bool TryEnter()
    {
        if (mostRequests > 0 && Interlocked.Increment(ref _begun) > mostRequests)
        {
            Retire();
            return false;
        }

        var users = Volatile.Read(ref _users);
        while (users > 0 && Volatile.Read(ref _retired) == 0)
        {
            var found = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (found == users)
            {
                return true;
            }

            users = found;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            invoker.Dispose();
        }
    }

    /// <summary>No more requests from here on.</summary>
    public void Retire()
    {
        if (Interlocked.Exchange(ref _retired, 1) == 0)
        {
            Leave();
        }
    }
}
