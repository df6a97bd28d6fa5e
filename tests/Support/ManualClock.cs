using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Support;

/// <summary>A clock that the test drives, and that knows who waits: advancing it before somebody waits would be lost on them.</summary>
public sealed class ManualClock : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _timers = [];

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Enqueue(dueTime);
        return new RecordedTimer(timer, _timers);
    }

    /// <summary>Waits until somebody began to wait for so long.</summary>
    /// <param name="due">How long they wait for.</param>
    /// <param name="times">How many of them.</param>
    public Task WaitForTimerAsync(TimeSpan due, int times = 1) =>
        Eventually.HoldsAsync(() => _timers.Count(timer => timer == due) >= times, $"{times} timers of {due}");

    /// <summary>Records what a timer that was made earlier is set to: Polly keeps its own.</summary>
    private sealed class RecordedTimer(ITimer timer, ConcurrentQueue<TimeSpan> timers) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            timers.Enqueue(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
