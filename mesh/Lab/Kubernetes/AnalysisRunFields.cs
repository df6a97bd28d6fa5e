using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>The fields of an AnalysisRun (argo-rollouts <c>pkg/apis/rollouts/v1alpha1/analysis_types.go</c>).</summary>
internal static class AnalysisRunFields
{
    /// <summary>What a metric measures.</summary>
    public static JsonNode Metric(MetricPlan metric)
    {
        var fields = new JsonObject { ["name"] = metric.Name };
        Set(fields, "interval", Text(metric.Interval));
        Set(fields, "initialDelay", Text(metric.InitialDelay));
        Set(fields, "count", metric.Count);
        Set(fields, "successCondition", metric.SuccessCondition?.Text);
        Set(fields, "failureCondition", metric.FailureCondition?.Text);
        Set(fields, "failureLimit", metric.FailureLimit);
        Set(fields, "inconclusiveLimit", metric.InconclusiveLimit);
        Set(fields, "consecutiveErrorLimit", metric.ConsecutiveErrorLimit);
        Set(fields, "consecutiveSuccessLimit", metric.ConsecutiveSuccessLimit);
        fields["provider"] = new JsonObject { ["prometheus"] = new JsonObject { ["query"] = metric.Query?.Text } };
        return fields;
    }

    /// <summary>How an analysis stands.</summary>
    public static JsonObject Status(AnalysisRun run)
    {
        var status = new JsonObject { ["phase"] = run.Phase.ToString() };
        Set(status, "message", run.Message);
        Set(status, "startedAt", run.StartedAt is { } began ? Text(began) : null);
        Set(status, "completedAt", run.CompletedAt is { } ended ? Text(ended) : null);
        status["metricResults"] = new JsonArray([.. run.Results.Select(Result)]);
        status["runSummary"] = Summary(run, isDryRun: false);
        if (run.Plan.Metrics.Any(metric => metric.IsDryRun))
        {
            status["dryRunSummary"] = Summary(run, isDryRun: true);
        }

        return status;
    }

    /// <summary>A moment as objects have it.</summary>
    public static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static JsonNode Result(MetricResult result)
    {
        var fields = new JsonObject { ["name"] = result.Metric.Name, ["phase"] = result.Phase.ToString() };
        Set(fields, "message", result.Message);
        Set(fields, "count", NotZero(result.Count));
        Set(fields, "successful", NotZero(result.Successful));
        Set(fields, "failed", NotZero(result.Failed));
        Set(fields, "inconclusive", NotZero(result.Inconclusive));
        Set(fields, "error", NotZero(result.Error));
        Set(fields, "consecutiveError", NotZero(result.ConsecutiveError));
        Set(fields, "consecutiveSuccess", NotZero(result.ConsecutiveSuccess));
        if (result.Metric.IsDryRun)
        {
            fields["dryRun"] = true;
        }

        fields["measurements"] = new JsonArray([.. result.Measurements.Select(Measurement)]);
        return fields;
    }

    private static JsonNode Measurement(Measurement measurement)
    {
        var fields = new JsonObject { ["phase"] = measurement.Phase.ToString() };
        Set(fields, "message", measurement.Message);
        Set(fields, "value", measurement.Value);
        fields["startedAt"] = Text(measurement.At);
        fields["finishedAt"] = Text(measurement.At);
        return fields;
    }

    /// <summary>How many metrics there are of each outcome.</summary>
    private static JsonObject Summary(AnalysisRun run, bool isDryRun)
    {
        var fields = new JsonObject { ["count"] = run.Plan.Metrics.Count(metric => metric.IsDryRun == isDryRun) };
        int Of(AnalysisPhase phase) => run.Results.Count(result => result.Metric.IsDryRun == isDryRun && result.Phase == phase);
        Set(fields, "successful", NotZero(Of(AnalysisPhase.Successful)));
        Set(fields, "failed", NotZero(Of(AnalysisPhase.Failed)));
        Set(fields, "inconclusive", NotZero(Of(AnalysisPhase.Inconclusive)));
        Set(fields, "error", NotZero(Of(AnalysisPhase.Error)));
        return fields;
    }

    /// <summary>As Argo leaves out a zero.</summary>
    private static int? NotZero(int number) => number == 0 ? null : number;

    private static string? Text(TimeSpan? span) =>
        span is { } length ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.###}s") : null;

    private static void Set(JsonObject fields, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            fields[name] = text;
        }
    }

    private static void Set(JsonObject fields, string name, int? number)
    {
        if (number is not null)
        {
            fields[name] = number;
        }
    }
}
