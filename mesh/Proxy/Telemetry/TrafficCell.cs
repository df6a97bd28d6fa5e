using System.Collections.Concurrent;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Counts what one workload asked of one release of a service. Written by many requests at once, without a lock.</summary>
internal sealed class TrafficCell(TrafficKey key)
{
    private readonly ConcurrentDictionary<ResponseKind, SeriesCounts> _series = new();
    private volatile LastSeries? _last;

    public TrafficKey Key { get; } = key;

    public IEnumerable<KeyValuePair<ResponseKind, SeriesCounts>> Series => _series;

    public void Count(in ResponseKind kind, TimeSpan duration, long requestBytes, long responseBytes) =>
        SeriesOf(kind).Count(duration, requestBytes, responseBytes);

    /// <summary>Most responses are like the one before: that series is found without hashing.</summary>
    private SeriesCounts SeriesOf(in ResponseKind kind)
    {
        if (_last is { } last && last.Kind == kind)
        {
            return last.Counts;
        }

        var counts = _series.GetOrAdd(kind, static _ => new SeriesCounts());
        _last = new LastSeries(kind, counts);
        return counts;
    }

    private sealed record LastSeries(ResponseKind Kind, SeriesCounts Counts);
}
