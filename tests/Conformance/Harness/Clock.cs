using System.Collections.Concurrent;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>
/// A clock that the test drives, and that tells what is waited for: time that passes before somebody waits for it would be lost on them.
/// </summary>
public sealed class Clock : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _timers = [];
    private int _passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Enqueue(dueTime);
        return timer;
    }

    /// <summary>Waits until somebody waits for a time within these bounds, and lets it pass; each wait counts once.</summary>
    public async Task PassAsync(TimeSpan least, TimeSpan most)
    {
        await Eventually.UntilAsync(() => Next(least, most) >= 0,
            $"no timer waits for {least} to {most}; these wait: {string.Join(", ", _timers)}");
        var next = Next(least, most);
        _passed = next + 1;
        Advance(_timers.ElementAt(next));
    }

    public Task PassAsync(TimeSpan due) => PassAsync(due, due);

    private int Next(TimeSpan least, TimeSpan most)
    {
        var timers = _timers.ToArray();
        return Array.FindIndex(timers, Math.Min(_passed, timers.Length), due => due >= least && due <= most);
    }
}
