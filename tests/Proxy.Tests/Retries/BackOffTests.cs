using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Retries;

public sealed class BackOffTests
{
    private static readonly TimeSpan Base = TimeSpan.FromMilliseconds(25);

    [Theory]
    [InlineData(1, 25)]
    [InlineData(2, 75)]
    [InlineData(3, 175)]
    [InlineData(4, 250)]
    [InlineData(40, 250)]
    public void Next_LongestJitter_JustBelowTheBound(int retry, int milliseconds)
    {
        var bound = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal(bound - TimeSpan.FromTicks(1), BackOff.Next(retry, Base, new ScriptedRandomness(bound.Ticks - 1)));
        Assert.Equal(TimeSpan.Zero, BackOff.Next(retry, Base, new ScriptedRandomness(bound.Ticks)));
    }
}
