using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Http1.Transport;

namespace Bookinfo.Mesh.Http1.Pooling;

/// <summary>
/// The connections to one server. One that is free is used again, the one that was used last first; otherwise another is opened, as far as
/// the budget goes, and the request waits for whichever is free first (<c>source/common/conn_pool/conn_pool_base.cc</c> of
/// envoyproxy/envoy).
/// </summary>
public sealed class Http1Pool
{
    private readonly Func<CancellationToken, ValueTask<IHttp1Transport>> _connect;
    private readonly PoolSettings _settings;
    private readonly PoolBudget _budget;
    private readonly TimeProvider _time;
    private readonly Action<Http1Connection> _onInputWhileIdle;
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly IdleConnections _idle;
    private bool _isRetired;
    private int _opening;
    private int _connections;

    /// <param name="connect">Opens a connection.</param>
    /// <param name="settings">How they are kept.</param>
    /// <param name="budget">Shared with the destination's other servers.</param>
    /// <param name="time">Where the time comes from.</param>
    public Http1Pool(Func<CancellationToken, ValueTask<IHttp1Transport>> connect, PoolSettings settings, PoolBudget budget,
        TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_connect, _settings, _budget, _time) = (connect, settings, budget, time);
        _onInputWhileIdle = Evict;
        _idle = new IdleConnections(settings, time, Sweep);
    }

    /// <summary>Takes a connection, to be given back by <see cref="Return"/>. No exchange is begun on it yet.</summary>
    /// <exception cref="Http1Exception">Too many wait, or no connection can be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while the request waited.</exception>
    public ValueTask<Http1Connection> RentAsync(CancellationToken cancellationToken) =>
        TryRent() is { } connection ? new(connection) : WaitAsync(cancellationToken);

    /// <summary>Takes a connection that is free now, likewise; null where there is none.</summary>
    public Http1Connection? TryRent()
    {
        while (true)
        {
            Http1Connection? connection;
            lock (_lock)
            {
                connection = _idle.TakeLast();
            }

            if (connection is not { IsStale: true })
            {
                return connection;
            }

            Close(connection);
        }
    }

    /// <summary>Gives a connection back. It is closed where it cannot be used again.</summary>
    public void Return(Http1Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!IsWorthKeeping(connection))
        {
            Close(connection);
            return;
        }

        Offer(connection);
    }

    /// <summary>Closes what is idle.</summary>
    public void CloseIdle() => CloseIdle(forEver: false);

    /// <summary>Closes what is idle, and from now on every connection when its exchange is over. Requests are still served.</summary>
    public void Retire() => CloseIdle(forEver: true);

    private void CloseIdle(bool forEver)
    {
        Http1Connection[] idle;
        lock (_lock)
        {
            _isRetired |= forEver;
            idle = _idle.TakeAll(forEver);
        }

        Array.ForEach(idle, Close);
    }

    private bool IsWorthKeeping(Http1Connection connection) =>
        connection.CanBeReused && !_isRetired && (_settings.MaxRequests == 0 || connection.Exchanges < _settings.MaxRequests)
            && !_idle.IsTooOld(connection);

    /// <summary>Hands a free connection to the request that waits longest, or keeps it.</summary>
    private void Offer(Http1Connection connection)
    {
        connection.BeginIdle();
        Waiter? next = null;
        var isKept = false;
        lock (_lock)
        {
            if (_waiting.First is { } first)
            {
                // Those who take an idle connection from the list check this themselves.
                if (!connection.IsStale)
                {
                    next = first.Value;
                    _waiting.RemoveFirst();
                    _budget.EndWait();
                }
            }
            else if (!_isRetired && !connection.HasEarlyInput)
            {
                _idle.Add(connection);
                isKept = true;
            }
        }

        if (next is not null)
        {
            next.SetResult(connection);
        }
        else if (!isKept)
        {
            Close(connection);
        }
    }

    private void Close(Http1Connection connection)
    {
        connection.Dispose();
        CloseOne();
    }

    private void CloseOne()
    {
        int toOpen;
        lock (_lock)
        {
            _connections--;
            _budget.Close();
            toOpen = PlanOpenings();
        }

        Open(toOpen);
    }

    private async ValueTask<Http1Connection> WaitAsync(CancellationToken cancellationToken)
    {
        if (!_budget.TryWait())
        {
            throw new Http1Exception(Http1Error.Overflow, "As many requests wait for a connection as may");
        }

        var waiter = new Waiter();
        LinkedListNode<Waiter>? place = null;
        var toOpen = 0;
        lock (_lock)
        {
            if (_idle.Count == 0)
            {
                place = _waiting.AddLast(waiter);
                toOpen = PlanOpenings();
            }
        }

        if (place is null)
        {
            // One was given back between two looks.
            _budget.EndWait();
            return await RentAsync(cancellationToken);
        }

        Open(toOpen);
        await using var registration = cancellationToken.UnsafeRegister((_, token) => GiveUp(place, token), null);
        return await waiter.Task;
    }

    private void GiveUp(LinkedListNode<Waiter> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (place.List is null)
            {
                // A request that has a connection by now keeps it.
                return;
            }

            _waiting.Remove(place);
            _budget.EndWait();
        }

        place.Value.SetCanceled(cancellationToken);
    }

    /// <summary>How many connections are to be opened so that each one who waits gets one; counts them as being opened.</summary>
    private int PlanOpenings()
    {
        var planned = 0;
        while (_waiting.Count > _opening && _budget.TryOpen(isFirst: _connections == 0))
        {
            _opening++;
            _connections++;
            planned++;
        }

        return planned;
    }

    private void Open(int count)
    {
        for (; count > 0; count--)
        {
            _ = OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        using var timeout = new CancellationTokenSource(_settings.ConnectTimeout, _time);
        IHttp1Transport transport;
        try
        {
            transport = await _connect(timeout.Token);
        }
        catch (Exception e)
        {
            FailAll(timeout.IsCancellationRequested ? Http1Error.ConnectTimeout : Http1Error.ConnectFailure, e);
            return;
        }

        lock (_lock)
        {
            _opening--;
        }

        Offer(new Http1Connection(transport, _settings.Limits, _time.GetTimestamp(), _onInputWhileIdle));
    }

    /// <summary>
    /// A server that cannot be reached answers none of those who wait (<c>conn_pool_base.cc: onConnectionEvent, purgePendingStreams</c>).
    /// </summary>
    private void FailAll(Http1Error error, Exception cause)
    {
        Waiter[] waiting;
        lock (_lock)
        {
            _opening--;
            waiting = [.. _waiting];
            _waiting.Clear();
            Array.ForEach(waiting, _ => _budget.EndWait());
        }

        CloseOne();
        foreach (var waiter in waiting)
        {
            waiter.SetException(new Http1Exception(error, cause.Message, cause));
        }
    }

    private void Evict(Http1Connection connection)
    {
        lock (_lock)
        {
            if (!_idle.Remove(connection))
            {
                return;
            }
        }

        Close(connection);
    }

    private void Sweep()
    {
        Http1Connection[] over;
        lock (_lock)
        {
            over = _idle.TakeOverdue();
        }

        Array.ForEach(over, Close);
    }

    private sealed class Waiter() : TaskCompletionSource<Http1Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
}
