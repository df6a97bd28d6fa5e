using Bookinfo.Mesh.TrafficConsole.Model;

namespace Bookinfo.Tests.TrafficConsole.Model;

public sealed class ConfidenceIntervalTests
{
    [Theory]

    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedExamples_GivesTheirBounds(long hits, long size, double low, double high)
    {
        var interval = ConfidenceInterval.Wilson(hits, size);

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Wilson_AllHits_MirrorsNoHits()
    {
        var none = ConfidenceInterval.Wilson(0, 20);
        var all = ConfidenceInterval.Wilson(20, 20);

        Assert.Equal(1 - none.High, all.Low, 12);
        Assert.Equal(1, all.High);
    }

    [Fact]
    public void Wilson_EmptySample_TellsNothing() => Assert.Equal(new ConfidenceInterval(0, 1), ConfidenceInterval.Wilson(0, 0));

    [Fact]
    public void Wilson_MoreHitsThanSample_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.Wilson(3, 2));
}
