using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>The time that one attempt has until its answer begins, within the time of the whole request.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _deadline;
    private readonly CancellationToken _deadlineToken;

    public AttemptClock(TimeSpan limit, TimeProvider time, CancellationToken deadline)
    {
        _source = new CancellationTokenSource(Timers.Bounded(limit), time);
        _deadlineToken = deadline;
        _deadline = deadline.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was this attempt's own time that ran out.</summary>
    public bool RanOut => _source.IsCancellationRequested && !_deadlineToken.IsCancellationRequested;

    /// <summary>The answer has begun: from here on only the request's time counts (<c>router.cc: onPerTryTimeout</c>).</summary>
    public void Stop() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _deadline.Dispose();
        _source.Dispose();
    }
}
