using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Istio's standard metrics in Prometheus' text format (https://istio.io/latest/docs/reference/config/metrics/).</summary>
internal sealed class PrometheusText(TextWriter writer)
{
    private const string Unknown = "unknown";

    /// <summary>Istio's <c>CLUSTER_ID</c> where the installation sets none (<c>ISTIO_META_CLUSTER_ID</c> in the charts).</summary>
    private const string ClusterId = "Kubernetes";

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
        all.SelectMany(pair => pair.Series, (pair, series) => (Labels(pair.Labels, series.Key), series.Value));

    private static string Labels(TrafficLabels who, ResponseLabels response)
    {
        var text = new StringBuilder();
        Add("reporter", who.Reporter == Reporter.Source ? "source" : "destination");
        AddWorkload("source", who.Source);
        AddWorkload("destination", who.Destination);
        Add("destination_service", who.Service);
        Add("destination_service_name", who.ServiceName);
        Add("destination_service_namespace", who.ServiceNamespace);
        Add("request_protocol", response.IsGrpc ? "grpc" : "http");
        Add("response_code", response.Code.ToString(CultureInfo.InvariantCulture));
        Add("grpc_response_status", response.GrpcStatus < 0 ? "" : response.GrpcStatus.ToString(CultureInfo.InvariantCulture));
        Add("response_flags", response.Flags.Text());

        // There is no mTLS here. Only the receiving side knows how a request came; the sending side always says unknown.
        Add("connection_security_policy", who.Reporter == Reporter.Source ? Unknown : "none");
        return text.ToString();

        void AddWorkload(string side, Workload? workload)
        {
            Add($"{side}_workload", workload?.Name ?? Unknown);
            Add($"{side}_workload_namespace", workload?.Namespace ?? Unknown);
            Add($"{side}_principal", Unknown);
            Add($"{side}_app", workload?.App ?? Unknown);
            Add($"{side}_version", workload?.Version ?? Unknown);
            Add($"{side}_canonical_service", workload?.CanonicalService ?? Unknown);
            Add($"{side}_canonical_revision", workload?.CanonicalRevision ?? Unknown);
            Add($"{side}_cluster", workload is null ? Unknown : ClusterId);
        }

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
