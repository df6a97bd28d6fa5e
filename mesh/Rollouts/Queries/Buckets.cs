using System.Globalization;

namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>A quantile out of the buckets of a histogram (Prometheus <c>promql/quantile.go: BucketQuantile</c>).</summary>
internal static class Buckets
{
    /// <summary>The quantile, linear within its bucket; NaN where nothing was counted.</summary>
    public static double Quantile(double quantile, IEnumerable<Element> elements)
    {
        var buckets = elements.Select(element => (Bound: BoundOf(element), Count: element.Value))
            .Where(bucket => bucket.Bound is not null)
            .Select(bucket => (Bound: bucket.Bound!.Value, bucket.Count))
            .OrderBy(bucket => bucket.Bound).ToList();
        if (buckets.Count < 2 || !double.IsPositiveInfinity(buckets[^1].Bound) || buckets[^1].Count is 0 or double.NaN)
        {
            return double.NaN;
        }

        switch (quantile)
        {
            case double.NaN:
                return double.NaN;
            case < 0:
                return double.NegativeInfinity;
            case > 1:
                return double.PositiveInfinity;
        }

        var rank = quantile * buckets[^1].Count;
        var at = buckets.FindIndex(bucket => bucket.Count >= rank);
        if (at < 0 || at == buckets.Count - 1)
        {
            return buckets[^2].Bound;
        }

        var (start, below) = at == 0 ? (0, 0) : (buckets[at - 1].Bound, buckets[at - 1].Count);
        var within = buckets[at].Count - below;
        return within == 0 ? buckets[at].Bound : start + ((buckets[at].Bound - start) * ((rank - below) / within));
    }

    private static double? BoundOf(Element element) => element.Labels[MetricNames.UpperBound] is not { } text ? null
        : text is "+Inf" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : null;
}
