namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>Counts of draws against the shares they were drawn with.</summary>
public static class Shares
{
    // The normal quantile of 99.9 %, two-sided: one true share in a thousand would be called false, were the seeds not fixed.
    private const double Quantile = 3.29;

    /// <summary>
    /// Each share in percent: its count lies within the 99.9 % interval of a binomial of <paramref name="draws"/>; nothing else was drawn.
    /// </summary>
    public static void AssertWithin(IReadOnlyDictionary<string, double> shares, IReadOnlyDictionary<string, int> counts, int draws)
    {
        var seen = string.Join(", ", counts.Select(count => $"{count.Key}: {count.Value}"));
        Assert.All(counts.Keys, drawn => Assert.True(shares.ContainsKey(drawn), $"{drawn} should not be drawn at all; seen {seen}"));
        foreach (var (name, percent) in shares)
        {
            var share = percent / 100;
            var margin = Quantile * Math.Sqrt(share * (1 - share) * draws);
            var count = counts.GetValueOrDefault(name);
            Assert.True(Math.Abs(count - (share * draws)) <= margin,
                $"{name}: expected {share * draws:F0} ± {margin:F0} of {draws}; seen {seen}");
        }
    }
}
