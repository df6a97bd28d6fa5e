using System.Net.Sockets;
using Bookinfo.Mesh.Proxy.Model;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// Lets connections in as far as this process may open files. Where these are scarce, the mesh closes the connections to pods that it only
/// keeps, and callers from outside wait for their turn; those for whom there is none are told by a 503. Calls of pods belong to requests
/// that are under way, and go on (the overload actions <c>stop_accepting_connections</c> and <c>stop_accepting_requests</c> of
/// envoyproxy/envoy, <c>docs/root/configuration/operations/overload_manager/overload_manager.rst</c>).
/// </summary>
/// <param name="files">The files of this process.</param>
/// <param name="closeIdle">Closes the connections to pods that no request uses.</param>
/// <param name="time">Where the time comes from.</param>
/// <param name="log">Told of refusals, at most once in <see cref="LogPause"/>.</param>
internal sealed partial class ConnectionAdmission(OpenFiles files, Action closeIdle, TimeProvider time, ILogger log)
{
    /// <summary>How long a caller waits for its turn.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at the files that are free.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What a caller's connection may open: a page of the sample has seven hops, with two sockets each where all is one process.
    /// </summary>
    private const int FilesOfConnection = 16;

    private readonly Queue<Waiter> _waiting = [];
    private long _refused;
    private long? _loggedAt;

    /// <summary>Connections that were refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Decides on a connection that was just accepted.</summary>
    /// <param name="connection">Its socket.</param>
    /// <param name="fromOutside">Whether it is the gateway's; else a pod's.</param>
    /// <param name="closed">Cancelled when the connection ends.</param>
    public ValueTask<Admission> AdmitAsync(Socket connection, bool fromOutside, CancellationToken closed)
    {
        if (files.AreUsedUp(connection))
        {
            Refuse();
            return ValueTask.FromResult(Admission.Closed);
        }

        return fromOutside && files.AreScarce(connection) ? WaitAsync(closed) : ValueTask.FromResult(Admission.Admitted);
    }

    private async ValueTask<Admission> WaitAsync(CancellationToken closed)
    {
        var waiter = new Waiter(time.GetTimestamp());
        await using var registration = closed.UnsafeRegister(static it => ((Waiter)it!).TrySetResult(Admission.Closed), waiter);
        bool isFirst;
        lock (_waiting)
        {
            isFirst = _waiting.Count == 0;
            _waiting.Enqueue(waiter);
        }

        if (isFirst)
        {
            _ = ServeAsync();
        }

        var admission = await waiter.Task;
        if (admission == Admission.Overloaded)
        {
            Refuse();
        }

        return admission;
    }

    /// <summary>Admits those who wait, in their order, until there are none.</summary>
    private async Task ServeAsync()
    {
        do
        {
            closeIdle();
            await Task.Delay(Pause, time);
        }
        while (!TryServeAll(files.BeforeScarce / FilesOfConnection));
    }

    private bool TryServeAll(long places)
    {
        lock (_waiting)
        {
            while (_waiting.TryPeek(out var next))
            {
                var isOverdue = time.GetElapsedTime(next.Since) >= Timeout;
                if (places <= 0 && !isOverdue && !next.Task.IsCompleted)
                {
                    return false;
                }

                _waiting.Dequeue();
                if (next.TrySetResult(places > 0 ? Admission.Admitted : Admission.Overloaded))
                {
                    places--;
                }
            }

            return true;
        }
    }

    private void Refuse()
    {
        var refused = Interlocked.Increment(ref _refused);
        lock (_waiting)
        {
            if (_loggedAt is { } last && time.GetElapsedTime(last) < LogPause)
            {
                return;
            }

            _loggedAt = time.GetTimestamp();
        }

        LogRefused(log, refused, files.Most);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "{Refused} connections refused so far. This process may have {Most} files and sockets open, and too many of them are. "
        + "Raise the limit: ulimit -n")]
    private static partial void LogRefused(ILogger log, long refused, long most);

    private sealed class Waiter(long since) : TaskCompletionSource<Admission>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Since => since;
    }
}

/// <summary>What becomes of a connection.</summary>
internal enum Admission
{
    /// <summary>It is served.</summary>
    Admitted,

    /// <summary>Its requests are answered 503.</summary>
    Overloaded,

    /// <summary>It is closed: it has ended by itself, or there is no file left.</summary>
    Closed,
}
