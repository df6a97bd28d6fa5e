using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Routing;

public sealed class WeightedDestinationsTests
{
    private static WeightedDestinations Weights(params int[] weights) =>
        new([.. weights.Select((weight, i) => new RouteDestination { Cluster = null, ClusterName = $"{i}", Weight = weight })]);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(89, "0")]
    [InlineData(90, "1")]
    [InlineData(99, "1")]
    [InlineData(100, "0")]
    [InlineData(190, "1")]
    public void Pick_HalfOpenIntervals_RandomModuloTotal(long random, string expected) =>
        Assert.Equal(expected, Weights(90, 10).Pick(new ScriptedRandomness(random)).ClusterName);

    [Fact]
    public void Pick_OneDestination_WhateverItsWeight() => Assert.Equal("0", Weights(0).Pick(new ScriptedRandomness(7)).ClusterName);

    [Fact]
    public void Pick_ZeroAmongOthers_NeverTaken()
    {
        var weights = Weights(0, 1, 0, 2);

        Assert.Equal(["1", "3", "3"], Enumerable.Range(0, 3).Select(random => weights.Pick(new ScriptedRandomness(random)).ClusterName));
    }

    [Fact]
    public void Pick_WeightsThatDoNotSumToHundred_Relative() =>
        Assert.Equal("1", Weights(1, 3).Pick(new ScriptedRandomness(1)).ClusterName);

    /// <summary>
    /// 20,000 picks with a fixed seed. With one degree of freedom chi-square stays below 10.83 in 99.9 % of the cases; 85/15 in place of
    /// 90/10 gives about 550.
    /// </summary>
    [Fact]
    public void Pick_NinetyTen_ChiSquareAcceptsIt()
    {
        var statistic = ChiSquare(Weights(90, 10), 20_000, [0.90, 0.10]);

        Assert.InRange(statistic, 0, 10.83);
    }

    [Fact]
    public void Pick_EightyFiveFifteen_ChiSquareForNinetyTenCatchesIt() =>
        Assert.True(ChiSquare(Weights(85, 15), 20_000, [0.90, 0.10]) > 10.83);

    private static double ChiSquare(WeightedDestinations weights, int picks, double[] expected)
    {
        var randomness = Randomness.Seeded(20260801);
        var counts = new double[expected.Length];
        for (var i = 0; i < picks; i++)
        {
            counts[int.Parse(weights.Pick(randomness).ClusterName)]++;
        }

        return expected.Select((share, i) => Math.Pow(counts[i] - (share * picks), 2) / (share * picks)).Sum();
    }
}
