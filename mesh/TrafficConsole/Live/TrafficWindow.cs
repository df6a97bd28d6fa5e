using Bookinfo.Mesh.Proxy;

namespace Bookinfo.Mesh.TrafficConsole.Live;

/// <summary>Keeps what the mesh had counted at the seconds past, so that it can be said what came in the last half minute.</summary>
/// <param name="length">How far back it reaches.</param>
internal sealed class TrafficWindow(TimeSpan length)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly Queue<Moment> _past = new();
    private TrafficSnapshot? _last;

    /// <summary>What was counted within the window.</summary>
    /// <param name="now">What was counted up to now.</param>
    /// <param name="reached">How many requests reached each pod up to now, by the pod's name.</param>
    /// <param name="since">When the rules in force came into force: what came before does not count.</param>
    /// <returns>The counts, what reached each pod, and the time that they span in seconds; at least 1, so that a rate can be
    /// told.</returns>
    public (TrafficSnapshot Counts, IReadOnlyDictionary<string, long> Reached, double Seconds) Slide(
        TrafficSnapshot now, IReadOnlyDictionary<string, long> reached, DateTimeOffset since)
    {
        while (_past.TryPeek(out var oldest)
            && (oldest.Traffic.Revision != now.Revision || oldest.Traffic.At < now.At - length))
        {
            _past.Dequeue();
        }

        if (_last is null || _last.Revision != now.Revision || now.At - _last.At >= Step)
        {
            _past.Enqueue(new Moment(now, reached));
            _last = now;
        }

        var first = _past.Peek();
        var start = first.Traffic.At < since ? since : first.Traffic.At;
        return (
            now.Since(first.Traffic),
            reached.ToDictionary(pod => pod.Key, pod => pod.Value - first.Reached.GetValueOrDefault(pod.Key)),
            Math.Max(1, (now.At - start).TotalSeconds));
    }

    private sealed record Moment(TrafficSnapshot Traffic, IReadOnlyDictionary<string, long> Reached);
}
