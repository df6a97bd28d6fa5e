namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>What is counted for one series: requests, how long they took, how large they were. Many may write at once.</summary>
internal sealed class RequestMetrics
{
    /// <summary>
    /// Istio's buckets of <c>istio_request_duration_milliseconds</c>, upper bounds in milliseconds; a last bucket takes the rest.
    /// </summary>
    public static readonly double[] DurationBounds =
        [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000];

    private readonly long[] _byDuration = new long[DurationBounds.Length + 1];
    private long _requests;

    public long Requests => Volatile.Read(ref _requests);

    public LatencyHistogram Durations { get; } = new();

    public ByteHistogram RequestBytes { get; } = new();

    public ByteHistogram ResponseBytes { get; } = new();

    public void Count(TimeSpan duration, long requestBytes, long responseBytes)
    {
        Interlocked.Increment(ref _requests);
        var bucket = 0;
        while (bucket < DurationBounds.Length && duration.TotalMilliseconds > DurationBounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _byDuration[bucket]);
        Durations.Record(duration);
        RequestBytes.Record(requestBytes);
        ResponseBytes.Record(responseBytes);
    }

    public long CountIn(int durationBucket) => Volatile.Read(ref _byDuration[durationBucket]);
}
