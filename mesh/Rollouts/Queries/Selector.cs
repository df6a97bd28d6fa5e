using System.Text.RegularExpressions;

namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>A condition on a label.</summary>
/// <param name="Name">The label.</param>
/// <param name="Value">The text of an equality; null for an expression.</param>
/// <param name="Expression">The expression, of the whole value; null for an equality.</param>
/// <param name="Negated">Whether it must not hold.</param>
internal sealed record LabelMatcher(string Name, string? Value, Regex? Expression, bool Negated)
{
    public bool Matches(Series series)
    {
        var value = series.Labels.GetValueOrDefault(Name) ?? "";
        return (Expression?.IsMatch(value) ?? value == Value) != Negated;
    }
}

/// <summary>Which counters are asked for, and how far back.</summary>
internal sealed class Selector(string metric, IReadOnlyList<LabelMatcher> matchers, TimeSpan? range)
{
    /// <summary>How old a last value may be (Prometheus' <c>query.lookback-delta</c>).</summary>
    public static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    // One reference, written at once: simulations ask one query side by side, each with samples of its own.
    private volatile Selection? _last;

    public TimeSpan? Range => range;

    /// <summary>The series there are; looked for again only when one was added.</summary>
    public IReadOnlyList<(Series Series, LabelSet Labels)> Select(SampleStore samples)
    {
        var last = _last;
        if (last is null || !ReferenceEquals(last.Samples, samples) || last.Count != samples.Count)
        {
            _last = last = new Selection(samples, samples.Count,
                [.. samples.Find(metric).Where(series => matchers.All(matcher => matcher.Matches(series)))
                    .Select(series => (series, new LabelSet(series.Labels)))]);
        }

        return last.Series;
    }

    /// <summary>
    /// How many requests it looked at: those between its first sample and its last. A request that both sides of the mesh have counted is
    /// one request.
    /// </summary>
    public double RequestsWithin(SampleStore samples, DateTimeOffset at)
    {
        if (metric == MetricNames.DurationSum)
        {
            return 0;
        }

        var from = (at - (range ?? Lookback)).UtcTicks;
        return Select(samples)
            .Where(selected => metric != MetricNames.DurationBucket || selected.Series.Labels[MetricNames.UpperBound] == "+Inf")
            .GroupBy(selected => selected.Series.Labels.GetValueOrDefault("reporter"))
            .Select(side => side.Sum(selected => Rate.Rise(selected.Series.Between(from, at.UtcTicks)))).DefaultIfEmpty(0).Max();
    }

    /// <summary>What was selected from a store while it had so many series.</summary>
    private sealed record Selection(SampleStore Samples, int Count, IReadOnlyList<(Series Series, LabelSet Labels)> Series);
}
