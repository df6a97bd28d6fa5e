using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Tests.TrafficConsole.Rules;

public sealed class WeightsTests
{
    [Theory]
    [InlineData("v1=100", "v2", 10, "v1=90 v2=10")]
    [InlineData("v1=90 v2=10", "v2", 10, "v1=80 v2=20")]
    [InlineData("v1=90 v2=10", "v1", 10, "v1=100")]
    [InlineData("v1=90 v2=10", "v2", 100, "v2=100")]
    [InlineData("v2=100", "v2", 10, "v2=100")]
    [InlineData("v1=1 v2=1", "v3", 10, "v1=45 v2=45 v3=10")]
    [InlineData("v1=1 v2=1 v3=1", "v3", 10, "v1=29 v2=28 v3=43")]
    [InlineData("v1=0 v2=5", "v3", 1, "v2=99 v3=1")]
    [InlineData("v1=2000000000 v2=2000000000", "v2", 25, "v1=25 v2=75")]
    [InlineData("v1=30 v1=30 v2=40", "v2", 20, "v1=40 v2=60")]
    public void Move_ToOneSubset_TakesFromTheOthersInProportion(string before, string target, int percent, string after) =>
        Assert.Equal(after, string.Join(' ',
            Weights.Move([.. Read(before)], target, percent).Select(weight => $"{weight.Subset}={weight.Value}")));

    [Fact]
    public void Move_AnyWeights_SumIsAHundred()
    {
        var random = new Random(20);
        for (var run = 0; run < 1_000; run++)
        {
            var before = Enumerable.Range(1, random.Next(1, 6)).Select(number => new Weight($"v{number}", random.Next(1, 1_000))).ToList();

            var after = Weights.Move(before, $"v{random.Next(1, 8)}", random.Next(1, 101));

            Assert.Equal(100, after.Sum(weight => weight.Value));
            Assert.All(after, weight => Assert.InRange(weight.Value, 1, 100));
        }
    }

    private static IEnumerable<Weight> Read(string text) =>
        text.Split(' ').Select(one => one.Split('='))
            .Select(one => new Weight(one[0], int.Parse(one[1], System.Globalization.CultureInfo.InvariantCulture)));
}
