namespace Bookinfo.Mesh.Proxy.Limits;

/// <summary>So many at once, and so many more that wait their turn; only destinations with <c>tcp.maxConnections</c> have one.</summary>
internal sealed class ConnectionGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private long _connections = long.MaxValue;
    private long _pending = long.MaxValue;
    private long _inside;

    public void Resize(long connections, long pending)
    {
        lock (_lock)
        {
            (_connections, _pending) = (connections, pending);
            Admit();
        }
    }

    /// <summary>True once inside; false where as many wait as may.</summary>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<bool>> turn;
        lock (_lock)
        {
            if (_inside < _connections)
            {
                _inside++;
                return true;
            }

            if (_waiting.Count >= _pending)
            {
                return false;
            }

            turn = _waiting.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => GiveUp(turn, cancellationToken), null);
        return await turn.Value.Task;
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Admit();
        }
    }

    private void Admit()
    {
        while (_inside < _connections && _waiting.First is { } next)
        {
            _waiting.Remove(next);
            _inside++;
            next.Value.SetResult(true);
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<bool>> turn, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Whoever has been let in meanwhile is inside.
            if (turn.List is not null)
            {
                _waiting.Remove(turn);
                turn.Value.SetCanceled(cancellationToken);
            }
        }
    }
}
