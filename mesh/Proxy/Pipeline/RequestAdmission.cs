namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// Bounds the requests from outside that are under way at once by the files that this process may open: each may open sockets at every hop
/// behind the gateway, and the runtime ends a process that has no file left. Those beyond wait in their order (the overload action
/// <c>stop_accepting_requests</c> of envoyproxy/envoy, <c>docs/root/configuration/operations/overload_manager/overload_manager.rst</c>).
/// </summary>
/// <param name="files">How many files this process may open.</param>
/// <param name="time">Where the time comes from.</param>
internal sealed class RequestAdmission(long files, TimeProvider time)
{
    /// <summary>How long a request waits for its turn.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>What a request may open: a page of the sample has seven hops, with two sockets each where all is one process.</summary>
    private const int FilesOfRequest = 16;

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = [];

    /// <summary>A quarter of the files is for requests; connections, those kept for the next request among them, need the others.</summary>
    private long _free = Math.Max(1, files / 4 / FilesOfRequest);

    /// <summary>Lets a request in, in its turn.</summary>
    /// <param name="aborted">Cancelled when its caller leaves.</param>
    /// <returns>Whether there was room within <see cref="Timeout"/>. <see cref="Leave"/> follows where there was.</returns>
    /// <exception cref="OperationCanceledException">The caller has left.</exception>
    public ValueTask<bool> EnterAsync(CancellationToken aborted)
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return ValueTask.FromResult(true);
            }

            var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return WaitAsync(turn, aborted);
        }
    }

    /// <summary>The request is over; the one that waits longest is next.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var turn))
            {
                if (turn.TrySetResult(true))
                {
                    return;
                }
            }

            _free++;
        }
    }

    private async ValueTask<bool> WaitAsync(TaskCompletionSource<bool> turn, CancellationToken aborted)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        await using var registration = either.Token.UnsafeRegister(
            static it => ((TaskCompletionSource<bool>)it!).TrySetResult(false), turn);
        var isIn = await turn.Task;
        if (!isIn)
        {
            aborted.ThrowIfCancellationRequested();
        }

        return isIn;
    }
}
