using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Reading;

/// <summary>The fields of an AnalysisTemplate.</summary>
internal static class AnalysisTemplateFields
{
    private const string OnlyPrometheus = "only Prometheus queries are answered, from the mesh's own counts";

    public static AnalysisTemplate Read(ObjectReader spec, Metadata metadata, SourceMap source, bool isClusterWide)
    {
        spec.Skip("measurementRetention");
        spec.Refuse("name each template where it is used", "templates");
        var at = 0;
        var metrics = spec.Objects("metrics", "Metric",
            metric => Metric(metric, string.Create(CultureInfo.InvariantCulture, $"spec.metrics[{at++}]")));
        if (metrics.Count == 0 && !spec.Has("metrics"))
        {
            spec.Error("metrics", "a template measures something", "write metrics: [{name: ..., provider: {prometheus: {query: ...}}}]");
        }

        return new AnalysisTemplate
        {
            Metadata = metadata,
            Source = source,
            IsClusterWide = isClusterWide,
            Metrics = metrics,
            Arguments = AnalysisFields.Arguments(spec),
            DryRun = AnalysisFields.DryRun(spec),
        };
    }

    private static Metric Metric(ObjectReader metric, string path)
    {
        var name = metric.Text("name");
        if (name is null && !metric.Has("name"))
        {
            metric.Error("name", "a metric has a name");
        }

        var query = metric.Object("provider", "MetricProvider", Provider);
        if (!metric.Has("provider"))
        {
            metric.Error("provider", "no provider is specified", "write provider: {prometheus: {query: ...}}");
        }

        return new Metric(name ?? "", path)
        {
            Interval = metric.Text("interval"),
            InitialDelay = metric.Text("initialDelay"),
            Count = metric.IntOrString("count"),
            SuccessCondition = metric.Text("successCondition"),
            FailureCondition = metric.Text("failureCondition"),
            FailureLimit = metric.IntOrString("failureLimit"),
            InconclusiveLimit = metric.IntOrString("inconclusiveLimit"),
            ConsecutiveErrorLimit = metric.IntOrString("consecutiveErrorLimit"),
            ConsecutiveSuccessLimit = metric.IntOrString("consecutiveSuccessLimit"),
            Query = query,
        };
    }

    private static string Provider(ObjectReader provider)
    {
        provider.Refuse(OnlyPrometheus, "kayenta", "web", "datadog", "wavefront", "newRelic", "job", "cloudWatch", "graphite", "influxdb");
        provider.Refuse(OnlyPrometheus, "skywalking", "plugin");
        return provider.Object("prometheus", "PrometheusMetric", Prometheus) ?? "";
    }

    private static string Prometheus(ObjectReader prometheus)
    {
        // Where a Prometheus is, and how to sign in there, is for a cluster.
        prometheus.Skip("address", "authentication", "timeout", "insecure", "headers");
        prometheus.Refuse("a measurement asks for the present", "rangeQuery");
        var query = prometheus.Text("query");
        if (query is null && !prometheus.Has("query"))
        {
            prometheus.Error("query", "a query is required");
        }

        return query ?? "";
    }
}
