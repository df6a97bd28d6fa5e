using System.Collections.Concurrent;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Counts what one workload asked of one release of a service. Written by many requests at once, without a lock.</summary>
internal sealed class TrafficSeries(TrafficLabels labels)
{
    private readonly ConcurrentDictionary<ResponseLabels, RequestMetrics> _series = new();
    private volatile LastSeries? _last;

    public TrafficLabels Labels { get; } = labels;

    public IEnumerable<KeyValuePair<ResponseLabels, RequestMetrics>> Series => _series;

    public void Count(in ResponseLabels kind, TimeSpan duration, long requestBytes, long responseBytes)
    {
        SeriesOf(kind).Count(duration, requestBytes, responseBytes);
        TrafficMeter.Record(Labels, kind, duration, requestBytes, responseBytes);
    }

    /// <summary>Most responses are like the one before: that series is found without hashing.</summary>
    private RequestMetrics SeriesOf(in ResponseLabels kind)
    {
        if (_last is { } last && last.Kind == kind)
        {
            return last.Counts;
        }

        var counts = _series.GetOrAdd(kind, static _ => new RequestMetrics());
        _last = new LastSeries(kind, counts);
        return counts;
    }

    private sealed record LastSeries(ResponseLabels Kind, RequestMetrics Counts);
}
