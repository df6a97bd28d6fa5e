using System.Globalization;
using System.Text;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Istio's standard metrics in Prometheus' text format (https://istio.io/latest/docs/reference/config/metrics/).</summary>
internal sealed class PrometheusText(TextWriter writer)
{
    public void Write(IReadOnlyCollection<TrafficSeries> all)
    {
        Head("istio_requests_total", "counter", "Requests, a retried one counted once.");
        foreach (var (labels, counts) in All(all))
        {
            Line("istio_requests_total", labels, "", counts.Requests);
        }

        Head("istio_request_duration_milliseconds", "histogram", "Time from the request's beginning to the end of its response.");
        foreach (var (labels, counts) in All(all))
        {
            Histogram("istio_request_duration_milliseconds", labels, RequestMetrics.DurationBounds, counts.CountIn,
                counts.Durations.TotalMicroseconds / 1000.0);
        }

        WriteSizes("istio_request_bytes", "Sizes of request bodies.", all, counts => counts.RequestBytes);
        WriteSizes("istio_response_bytes", "Sizes of response bodies.", all, counts => counts.ResponseBytes);
    }

    /// <summary>Writes Envoy's count of connections that were refused because the process has no room for them.</summary>
    public void WriteRefusedConnections(long refused)
    {
        const string Name = "envoy_listener_downstream_cx_overload_reject";
        Head(Name, "counter", "Connections that were refused because too many files are open.");
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Name} {refused}\n"));
    }

    private static IEnumerable<(string Labels, RequestMetrics Counts)> All(IEnumerable<TrafficSeries> all) =>
        all.SelectMany(pair => pair.Series, (pair, series) => (Labels(pair.Labels, series.Key), series.Value));

    private static string Labels(TrafficLabels who, ResponseLabels response)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in IstioLabels.Create(who, response))
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"").Append(Escape((string)value!)).Append('"');
        }

        return text.ToString();
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private void WriteSizes(string name, string help, IEnumerable<TrafficSeries> all, Func<RequestMetrics, ByteHistogram> sizes)
    {
        Head(name, "histogram", help);
        foreach (var (labels, counts) in All(all))
        {
            Histogram(name, labels, Array.ConvertAll(ByteHistogram.Bounds, bound => (double)bound), sizes(counts).CountIn,
                sizes(counts).Sum);
        }
    }

    private void Head(string name, string type, string help) => writer.Write($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Histogram(string name, string labels, double[] bounds, Func<int, long> countIn, double sum)
    {
        long total = 0;
        for (var i = 0; i <= bounds.Length; i++)
        {
            total += countIn(i);
            var bound = i == bounds.Length ? "+Inf" : bounds[i].ToString(CultureInfo.InvariantCulture);
            Line($"{name}_bucket", labels, $",le=\"{bound}\"", total);
        }

        Line($"{name}_sum", labels, "", sum);
        Line($"{name}_count", labels, "", total);
    }

    private void Line(string name, string labels, string more, double value) =>
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name}{{{labels}{more}}} {value}\n"));
}
