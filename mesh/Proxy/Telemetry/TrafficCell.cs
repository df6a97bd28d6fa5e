using System.Collections.Concurrent;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Counts what one workload asked of one release of a service. Written by many requests at once, without a lock.</summary>
internal sealed class TrafficCell(TrafficKey key)
{
    private readonly ConcurrentDictionary<ResponseKind, Tally> _kinds = new();
    private volatile LastKind? _last;

    public TrafficKey Key { get; } = key;

    public LatencyHistogram Durations { get; } = new();

    public ByteHistogram RequestBytes { get; } = new();

    public ByteHistogram ResponseBytes { get; } = new();

    public IEnumerable<KeyValuePair<ResponseKind, long>> Counts() => _kinds.Select(kind => KeyValuePair.Create(kind.Key, kind.Value.Value));

    public void Count(in ResponseKind kind, TimeSpan duration, long requestBytes, long responseBytes)
    {
        TallyOf(kind).Increment();
        Durations.Record(duration);
        RequestBytes.Record(requestBytes);
        ResponseBytes.Record(responseBytes);
    }

    /// <summary>Most responses are like the one before: that tally is found without hashing.</summary>
    private Tally TallyOf(in ResponseKind kind)
    {
        if (_last is { } last && last.Kind == kind)
        {
            return last.Tally;
        }

        var tally = _kinds.GetOrAdd(kind, static _ => new Tally());
        _last = new LastKind(kind, tally);
        return tally;
    }

    private sealed record LastKind(ResponseKind Kind, Tally Tally);

    private sealed class Tally
    {
        private long _value;

        public long Value => Volatile.Read(ref _value);

        public void Increment() => Interlocked.Increment(ref _value);
    }
}
