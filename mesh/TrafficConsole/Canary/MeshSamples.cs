using System.Globalization;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Rollouts.Queries;

namespace Bookinfo.Mesh.TrafficConsole.Canary;

/// <summary>Reads the mesh's own counters, as a Prometheus scrapes them.</summary>
/// <param name="mesh">The mesh.</param>
internal sealed class MeshSamples(MeshServer mesh)
{
    private readonly Dictionary<string, Series[]> _series = new(StringComparer.Ordinal);
    private bool _hasRead;

    /// <summary>What was read so far.</summary>
    public SampleStore Samples { get; } = new();

    /// <summary>Reads the counters, and forgets what no query asks for any more.</summary>
    /// <param name="at">The time.</param>
    /// <param name="kept">How far back queries look.</param>
    public void Read(DateTimeOffset at, TimeSpan kept)
    {
        foreach (var counted in mesh.RequestSeries())
        {
            var key = string.Join('\n', counted.Labels.Values);
            if (!_series.TryGetValue(key, out var series))
            {
                _series.Add(key, series = Create(counted.Labels));

                // A counter begins at zero; without this the first requests of a release would never be seen to rise. What had been
                // counted before the first reading is no rise: a canary is not judged by what came before it.
                if (_hasRead)
                {
                    Append(series, at - TimeSpan.FromTicks(1), requests: 0, milliseconds: 0, counted.DurationBuckets.Select(_ => 0L));
                }
            }

            Append(series, at, counted.Requests, counted.DurationMilliseconds, counted.DurationBuckets);
        }

        _hasRead = true;
        Samples.Forget(at - kept);
    }

    private Series[] Create(IReadOnlyDictionary<string, string> labels) =>
    [
        Samples.Series(MetricNames.Requests, labels),
        Samples.Series(MetricNames.DurationSum, labels),
        Samples.Series(MetricNames.DurationCount, labels),
        .. RequestSeries.DurationBounds.Select(bound => bound.ToString(CultureInfo.InvariantCulture)).Append("+Inf")
            .Select(bound => Samples.Series(MetricNames.DurationBucket, new Dictionary<string,
                string>(labels) { [MetricNames.UpperBound] = bound })),
    ];

    private static void Append(Series[] series, DateTimeOffset at, long requests, double milliseconds, IEnumerable<long> buckets)
    {
        series[0].Append(at, requests);
        series[1].Append(at, milliseconds);
        series[2].Append(at, requests);
        var (next, below) = (3, 0L);
        foreach (var bucket in buckets)
        {
            below += bucket;
            series[next++].Append(at, below);
        }
    }
}
