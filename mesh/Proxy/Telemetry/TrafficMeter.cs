using System.Diagnostics.Metrics;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>
/// Istio's standard metrics as instruments, for listeners to the meter: an exporter by OTLP. The names and labels are those that
/// <see cref="PrometheusText"/> writes. Without a listener a request costs nothing here.
/// </summary>
internal static class TrafficMeter
{
    /// <summary>What to listen to.</summary>
    public const string MeterName = "Bookinfo.Mesh.Proxy";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Requests =
        Meter.CreateCounter<long>("istio_requests_total", unit: null, "Requests, a retried one counted once.");

    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        "istio_request_duration_milliseconds", "ms", "Time from the request's beginning to the end of its response.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = RequestMetrics.DurationBounds });

    private static readonly Histogram<long> RequestBytes =
        Meter.CreateHistogram("istio_request_bytes", "By", "Sizes of request bodies.", tags: null, Sizes());

    private static readonly Histogram<long> ResponseBytes =
        Meter.CreateHistogram("istio_response_bytes", "By", "Sizes of response bodies.", tags: null, Sizes());

    /// <summary>Records a request that is over.</summary>
    /// <param name="who">Who called whom, and who says so.</param>
    /// <param name="kind">How it ended.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="requestBytes">The size of its body.</param>
    /// <param name="responseBytes">The size of its response's body.</param>
    public static void Record(TrafficLabels who, in ResponseLabels kind, TimeSpan duration, long requestBytes, long responseBytes)
    {
        if (!Requests.Enabled && !Durations.Enabled)
        {
            return;
        }

        var labels = IstioLabels.Create(who, kind);
        Requests.Add(1, labels);
        Durations.Record(duration.TotalMilliseconds, labels);
        RequestBytes.Record(requestBytes, labels);
        ResponseBytes.Record(responseBytes, labels);
    }

    private static InstrumentAdvice<long> Sizes() => new() { HistogramBucketBoundaries = [.. ByteHistogram.Bounds] };
}
