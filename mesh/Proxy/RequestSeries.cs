using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy;

/// <summary>One series of Istio's request metrics, as <see cref="MeshServer.WriteMetrics"/> writes it, for readers in this process.
/// </summary>
/// <param name="Labels">Istio's labels (https://istio.io/latest/docs/reference/config/metrics/).</param>
/// <param name="Requests">Requests, a retried one counted once.</param>
/// <param name="DurationBuckets">Requests by duration: those in each of <see cref="DurationBounds"/>, and in a last bucket the
/// rest.</param>
/// <param name="DurationMilliseconds">All durations together, in milliseconds.</param>
public sealed record RequestSeries(
    IReadOnlyDictionary<string, string> Labels, long Requests, IReadOnlyList<long> DurationBuckets, double DurationMilliseconds)
{
    /// <summary>Upper bounds of the buckets in milliseconds.</summary>
    public static IReadOnlyList<double> DurationBounds => RequestMetrics.DurationBounds;

    internal static IEnumerable<RequestSeries> From(TrafficSeries traffic) => traffic.Series.Select(series => new RequestSeries(
        IstioLabels.Create(traffic.Labels, series.Key).ToDictionary(label => label.Key, label => (string)label.Value!,
            StringComparer.Ordinal),
        series.Value.Requests,
        [.. Enumerable.Range(0, RequestMetrics.DurationBounds.Length + 1).Select(series.Value.CountIn)],
        series.Value.Durations.TotalMicroseconds / 1000.0));
}
