using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// A time that counts from the end of a request: the route's, or within it that of one attempt until its answer begins
/// (<c>source/common/router/router.cc: onRequestComplete</c> of envoyproxy/envoy).
/// </summary>
internal sealed class ResponseTimeout : IDisposable
{
    private static readonly TimerCallback RunOut = static source => ((CancellationTokenSource)source!).Cancel();

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _around;
    private readonly CancellationToken _aroundToken;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _isOver;
    private long? _startedAt;

    /// <param name="limit">How long it is once it is started.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="around">The time around it.</param>
    public ResponseTimeout(TimeSpan limit, TimeProvider time, CancellationToken around)
    {
        (_limit, _time, _aroundToken) = (Timers.Bounded(limit), time, around);
        _around = around.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was this time that ran out, not the one around it.</summary>
    public bool RanOut => _source.IsCancellationRequested && !_aroundToken.IsCancellationRequested;

    /// <summary>What has passed of it.</summary>
    public TimeSpan Elapsed => _startedAt is { } start ? _time.GetElapsedTime(start) : TimeSpan.Zero;

    /// <summary>The time begins; not so where the answer has begun before.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _startedAt ??= _time.GetTimestamp();
                _timer ??= _time.CreateTimer(RunOut, _source, _limit, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The answer has begun: from here on only the time around it counts (<c>router.cc: onPerTryTimeout</c>).</summary>
    public void Stop()
    {
        // The request may end on another thread than the answer begins on, and after the attempt is over.
        lock (_lock)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    public void Dispose()
    {
        // The source is left to the garbage collector: a timer that has just run out may still cancel it.
        Stop();
        _around.Dispose();
    }
}
