namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>
/// Body sizes in the buckets of Istio's <c>istio_request_bytes</c> and <c>istio_response_bytes</c>: powers of ten from 1 byte to 100 MB.
/// </summary>
internal sealed class ByteHistogram
{
    /// <summary>Upper bounds in bytes; a last bucket takes the rest.</summary>
    public static readonly long[] Bounds = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _sum;

    public long Sum => Volatile.Read(ref _sum);

    public void Record(long bytes)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && bytes > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sum, bytes);
    }

    public long CountIn(int bucket) => Volatile.Read(ref _counts[bucket]);
}
