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

    private static IEnumerable<(string Labels, RequestMetrics Counts)> All(IEnumerable<TrafficSeries> all) =>
        all.SelectMany(pair => pair.Series, (pair, series) => (Labels(pair.Key, series.Key), series.Value));

    private static string Labels(TrafficLabels key, ResponseLabels kind)
    {
        var text = new StringBuilder();
        Add("reporter", "source");
        Add("source_workload", key.Source.Name);
        Add("source_workload_namespace", key.Source.Namespace);
        Add("source_app", key.Source.App);
        Add("source_version", key.Source.Version);
        Add("destination_workload", key.Destination?.Name ?? "unknown");
        Add("destination_workload_namespace", key.Destination?.Namespace ?? "unknown");
        Add("destination_app", key.Destination?.App ?? "unknown");
        Add("destination_version", key.Destination?.Version ?? "unknown");
        Add("destination_service", key.Service);
        Add("destination_service_name", key.ServiceName);
        Add("destination_service_namespace", key.ServiceNamespace);
        Add("request_protocol", kind.IsGrpc ? "grpc" : "http");
        Add("response_code", kind.Code.ToString(CultureInfo.InvariantCulture));
        Add("grpc_response_status", kind.GrpcStatus < 0 ? "" : kind.GrpcStatus.ToString(CultureInfo.InvariantCulture));
        Add("response_flags", kind.Flags.Text());
        Add("connection_security_policy", "unknown");
        return text.ToString();

        void Add(string name, string value)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"")
                .Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                    .Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }
    }

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
