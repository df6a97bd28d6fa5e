namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>How the rise of a counter is told.</summary>
internal enum RateFunction
{
    /// <summary>A second, over the range.</summary>
    Rate,

    /// <summary>A second, between the last two samples.</summary>
    Irate,

    /// <summary>In all, over the range.</summary>
    Increase,
}

/// <summary>
/// The rise of a counter within a range. The samples at hand rarely lie at the ends of the range, so that <c>rate</c> and <c>increase</c>
/// extrapolate, as Prometheus does (<c>promql/functions.go: extrapolatedRate, instantValue</c>).
/// </summary>
internal static class Rate
{
    public static double? Of(RateFunction function, ReadOnlySpan<(long Ticks, double Value)> samples, long start, long end)
    {
        if (samples.Length < 2)
        {
            return null;
        }

        return function == RateFunction.Irate ? Instant(samples[^2], samples[^1])
            : Extrapolated(samples, start, end) / (function == RateFunction.Rate ? Seconds(end - start) : 1);
    }

    /// <summary>How far it rose between the first and the last sample, a fall being a counter that began anew.</summary>
    public static double Rise(ReadOnlySpan<(long Ticks, double Value)> samples)
    {
        var rise = 0.0;
        for (var i = 1; i < samples.Length; i++)
        {
            var step = samples[i].Value - samples[i - 1].Value;
            rise += step < 0 ? samples[i].Value : step;
        }

        return rise;
    }

    private static double? Instant((long Ticks, double Value) one, (long Ticks, double Value) last) =>
        last.Ticks == one.Ticks ? null : (last.Value < one.Value ? last.Value : last.Value - one.Value) / Seconds(last.Ticks - one.Ticks);

    private static double Extrapolated(ReadOnlySpan<(long Ticks, double Value)> samples, long start, long end)
    {
        var rise = Rise(samples);
        var (toStart, toEnd) = (Seconds(samples[0].Ticks - start), Seconds(end - samples[^1].Ticks));
        var sampled = Seconds(samples[^1].Ticks - samples[0].Ticks);
        if (sampled == 0)
        {
            return rise;
        }

        var average = sampled / (samples.Length - 1);
        var threshold = average * 1.1;
        toStart = toStart >= threshold ? average / 2 : toStart;
        if (rise > 0 && samples[0].Value >= 0)
        {
            // A counter is not extrapolated below zero.
            toStart = Math.Min(toStart, sampled * (samples[0].Value / rise));
        }

        toEnd = toEnd >= threshold ? average / 2 : toEnd;
        return rise * (sampled + toStart + toEnd) / sampled;
    }

    private static double Seconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;
}
