namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>How long answers took.</summary>
/// <param name="times">The time of each.</param>
internal sealed class Latencies(IEnumerable<TimeSpan> times)
{
    private readonly TimeSpan[] _sorted = [.. times.Order()];

    /// <summary>The nearest-rank percentile: a time that was really seen; zero where there was no answer.</summary>
    /// <param name="rank">Above 0, at most 1.</param>
    public TimeSpan Percentile(double rank) => _sorted.Length == 0 ? TimeSpan.Zero : _sorted[(int)Math.Ceiling(rank * _sorted.Length) - 1];
}
