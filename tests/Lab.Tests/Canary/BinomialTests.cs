using Bookinfo.Mesh.Lab.Canary;

namespace Bookinfo.Tests.Lab.Canary;

public sealed class BinomialTests
{
    [Theory]
    [InlineData(1, 1, 0.05, 0.05)]
    [InlineData(1, 10, 0.05, 0.40126306076162109)]
    [InlineData(3, 10, 0.5, 0.9453125)]
    [InlineData(10, 10, 0.5, 0.0009765625)]
    public void AtLeast_SmallSamples_IsTheSumOfTheTerms(long hits, long size, double chance, double expected) =>
        Assert.Equal(expected, Binomial.AtLeast(hits, size, chance), 12);

    [Fact]
    public void AtLeast_LargeSample_DoesNotUnderflow()
    {
        // The median of 50,000 tries at one half: the upper half and half of the middle term.
        var tail = Binomial.AtLeast(25_000, 50_000, 0.5);

        Assert.InRange(tail, 0.5, 0.502);
    }

    [Theory]
    [InlineData(0, 0, 0.05, 1)]
    [InlineData(0, 10, 0, 1)]
    [InlineData(1, 10, 0, 0)]
    [InlineData(10, 10, 1, 1)]
    [InlineData(11, 10, 0.5, 0)]
    public void AtLeast_Edges_AreCertain(long hits, long size, double chance, double expected) =>
        Assert.Equal(expected, Binomial.AtLeast(hits, size, chance));
}
