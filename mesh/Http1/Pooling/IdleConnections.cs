using Bookinfo.Mesh.Http1.Connections;

namespace Bookinfo.Mesh.Http1.Pooling;

/// <summary>
/// The connections that wait for a request, and a timer for the one that is to be closed first; it serves them all. The owner calls under
/// its lock, but for <see cref="IsTooOld"/>.
/// </summary>
internal sealed class IdleConnections
{
    /// <summary>No timer runs longer; it is set again when it has run.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly PoolSettings _settings;
    private readonly TimeProvider _time;
    private readonly List<Http1Connection> _connections = [];
    private readonly ITimer _sweep;
    private bool _isScheduled;

    /// <param name="settings">How long they are kept.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="sweep">Called when some may be overdue.</param>
    public IdleConnections(PoolSettings settings, TimeProvider time, Action sweep)
    {
        (_settings, _time) = (settings, time);
        _sweep = time.CreateTimer(static sweep => ((Action)sweep!)(), sweep, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => _connections.Count;

    /// <summary>Whether it has been open for as long as it may.</summary>
    public bool IsTooOld(Http1Connection connection) => IsOver(_settings.MaxDuration, connection.OpenedAt);

    public void Add(Http1Connection connection)
    {
        connection.IdleSince = _time.GetTimestamp();
        _connections.Add(connection);
        if (!_isScheduled)
        {
            Schedule(connection);
        }
    }

    /// <summary>The one that was added last; null where there is none.</summary>
    public Http1Connection? TakeLast()
    {
        if (_connections.Count == 0)
        {
            return null;
        }

        var last = _connections[^1];
        _connections.RemoveAt(_connections.Count - 1);
        return last;
    }

    public bool Remove(Http1Connection connection) => _connections.Remove(connection);

    /// <summary>All of them.</summary>
    /// <param name="forEver">No other will be added.</param>
    public Http1Connection[] TakeAll(bool forEver)
    {
        Http1Connection[] all = [.. _connections];
        _connections.Clear();
        if (forEver)
        {
            _sweep.Dispose();
        }

        return all;
    }

    /// <summary>Those whose time is over.</summary>
    public Http1Connection[] TakeOverdue()
    {
        Http1Connection[] overdue = [.. _connections.Where(each => IsTooOld(each) || IsOver(_settings.IdleTimeout, each.IdleSince))];
        _connections.RemoveAll(overdue.Contains);
        _isScheduled = false;
        if (_connections.Count > 0)
        {
            Schedule(_connections.MinBy(DueIn)!);
        }

        return overdue;
    }

    private void Schedule(Http1Connection connection)
    {
        var due = DueIn(connection);
        if (due < TimeSpan.MaxValue)
        {
            _isScheduled = true;
            _sweep.Change(due < LongestTimer ? due : LongestTimer, Timeout.InfiniteTimeSpan);
        }
    }

    private bool IsOver(TimeSpan limit, long since) => Left(limit, since) == TimeSpan.Zero;

    private TimeSpan DueIn(Http1Connection connection)
    {
        var (idle, age) = (Left(_settings.IdleTimeout, connection.IdleSince), Left(_settings.MaxDuration, connection.OpenedAt));
        return idle < age ? idle : age;
    }

    /// <summary>What is left of a time; the longest there is where the time is infinite.</summary>
    private TimeSpan Left(TimeSpan limit, long since)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            return TimeSpan.MaxValue;
        }

        var left = limit - _time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
