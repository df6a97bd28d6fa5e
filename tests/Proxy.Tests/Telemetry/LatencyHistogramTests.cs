using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Tests.Proxy.Telemetry;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Quantile_KnownDurations_WithinSixPercent(double quantile)
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 10_000; i++)
        {
            histogram.Record(TimeSpan.FromMicroseconds(i * 37));
        }

        var expected = quantile * 10_000 * 37;
        Assert.InRange(LatencyHistogram.Quantile(LatencyHistogram.Sum([histogram]), quantile)!.Value.TotalMicroseconds, expected * 0.94,
            expected * 1.06);
    }

    [Fact]
    public void Quantile_NothingCounted_Null() => Assert.Null(LatencyHistogram.Quantile(LatencyHistogram.Sum([]), 0.5));

    [Fact]
    public void Record_LongerThanAnything_CountedInTheLastBucket()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromDays(10_000));

        Assert.NotNull(LatencyHistogram.Quantile(LatencyHistogram.Sum([histogram]), 0.5));
    }
}
