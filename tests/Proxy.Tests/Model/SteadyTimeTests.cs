using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Proxy.Model;

public sealed class SteadyTimeTests
{
    [Fact]
    public void GetUtcNow_WallClockIsSet_GoesOnAsTimeDoes()
    {
        var clock = new SettableClock();
        var steady = new SteadyTime(clock);

        clock.Passes(TimeSpan.FromSeconds(10));
        clock.WallClock += TimeSpan.FromHours(5);
        clock.Passes(TimeSpan.FromSeconds(1));

        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(11), steady.GetUtcNow());
    }

    private sealed class SettableClock : TimeProvider
    {
        private long _ticks;

        public DateTimeOffset WallClock { get; set; } = DateTimeOffset.UnixEpoch;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Passes(TimeSpan time)
        {
            _ticks += time.Ticks;
            WallClock += time;
        }

        public override DateTimeOffset GetUtcNow() => WallClock;

        public override long GetTimestamp() => _ticks;
    }
}
