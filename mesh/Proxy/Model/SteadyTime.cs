namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>
/// A clock whose time of day never jumps: it counts from where it began, so that an ejection or a warm-up lasts as long as it should when
/// somebody sets the machine's clock. Timers and timestamps are those of the clock beneath.
/// </summary>
internal sealed class SteadyTime(TimeProvider inner) : TimeProvider
{
    private readonly DateTimeOffset _began = inner.GetUtcNow();
    private readonly long _beganAt = inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _began + inner.GetElapsedTime(_beganAt);

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
