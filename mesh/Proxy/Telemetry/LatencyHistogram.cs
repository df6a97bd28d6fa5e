using System.Numerics;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>
/// Durations in buckets that are 1/16 of a power of two wide, from a microsecond to an hour: a quantile is off by at most 6 %. Many may
/// write at once.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int Octaves = 32;
    private const int Buckets = (Octaves + 1) << SubBits;
    private readonly long[] _counts = new long[Buckets];
    private long _totalMicroseconds;

    public long TotalMicroseconds => Volatile.Read(ref _totalMicroseconds);

    public void Record(TimeSpan duration)
    {
        var microseconds = Math.Max(0, duration.Ticks / TimeSpan.TicksPerMicrosecond);
        Interlocked.Increment(ref _counts[BucketOf(microseconds)]);
        Interlocked.Add(ref _totalMicroseconds, microseconds);
    }

    /// <summary>The buckets of several histograms together.</summary>
    public static long[] Sum(IEnumerable<LatencyHistogram> histograms)
    {
        var sum = new long[Buckets];
        foreach (var histogram in histograms)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += Volatile.Read(ref histogram._counts[i]);
            }
        }

        return sum;
    }

    /// <summary>
    /// The duration that the share <paramref name="quantile"/> of those counted stays below; null where nothing was counted.
    /// </summary>
    public static TimeSpan? Quantile(ReadOnlySpan<long> counts, double quantile)
    {
        long total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        if (total == 0)
        {
            return null;
        }

        var rank = (long)Math.Ceiling(quantile * total);
        long seen = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= rank)
            {
                return TimeSpan.FromMicroseconds(MiddleOf(i));
            }
        }

        return TimeSpan.FromMicroseconds(MiddleOf(counts.Length - 1));
    }

    private static int BucketOf(long microseconds)
    {
        if (microseconds < 1 << SubBits)
        {
            return (int)microseconds;
        }

        var exponent = BitOperations.Log2((ulong)microseconds) - SubBits;
        var bucket = ((exponent + 1) << SubBits) + (int)((microseconds >> exponent) & ((1 << SubBits) - 1));
        return Math.Min(bucket, Buckets - 1);
    }

    private static double MiddleOf(int bucket)
    {
        if (bucket < 1 << SubBits)
        {
            return bucket;
        }

        var exponent = (bucket >> SubBits) - 1;
        var start = ((1L << SubBits) + (bucket & ((1 << SubBits) - 1))) << exponent;
        return start + (1L << exponent) / 2.0;
    }
}
