using System.Globalization;

namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>What follows from a metric's measurements (argo-rollouts <c>analysis/analysis.go</c>).</summary>
internal static class Assessment
{
    /// <summary>How a metric stands (<c>assessMetricStatus</c>).</summary>
    /// <param name="metric">Its limits.</param>
    /// <param name="result">Its measurements.</param>
    /// <param name="terminating">Whether the analysis ends now.</param>
    public static AnalysisPhase Of(MetricPlan metric, MetricResult result, bool terminating)
    {
        if (result.Phase.IsCompleted())
        {
            return result.Phase;
        }

        if (result.Last is null)
        {
            return terminating ? AnalysisPhase.Successful : AnalysisPhase.Pending;
        }

        if (Against(metric, result) is { } against)
        {
            return against.Phase;
        }

        if (metric.ConsecutiveSuccessLimit is > 0 and var limit && result.ConsecutiveSuccess >= limit)
        {
            return AnalysisPhase.Successful;
        }

        if (metric.EffectiveCount is { } count && result.Count >= count)
        {
            return metric.ConsecutiveSuccessLimit is not > 0 ? AnalysisPhase.Successful
                : metric.FailureLimit is null or >= 0 ? AnalysisPhase.Inconclusive
                : AnalysisPhase.Failed;
        }

        return terminating ? AnalysisPhase.Successful : AnalysisPhase.Running;
    }

    /// <summary>
    /// Which limit is passed, and by what; null for none (<c>assessMetricFailureInconclusiveOrError</c>). The last one that is passed
    /// counts, as there.
    /// </summary>
    public static (AnalysisPhase Phase, string Message)? Against(MetricPlan metric, MetricResult result)
    {
        (AnalysisPhase, string)? against = null;
        var failureLimit = metric.FailureLimit ?? 0;
        if (failureLimit >= 0 && result.Failed > failureLimit)
        {
            against = (AnalysisPhase.Failed, Passed("failed", result.Failed, "failureLimit", failureLimit));
        }

        var inconclusiveLimit = metric.InconclusiveLimit ?? 0;
        if (result.Inconclusive > inconclusiveLimit)
        {
            against = (AnalysisPhase.Inconclusive, Passed("inconclusive", result.Inconclusive, "inconclusiveLimit", inconclusiveLimit));
        }

        var errorLimit = metric.ConsecutiveErrorLimit ?? MetricPlan.DefaultConsecutiveErrorLimit;
        if (result.ConsecutiveError > errorLimit)
        {
            against = (AnalysisPhase.Error, Passed("consecutiveErrors", result.ConsecutiveError, "consecutiveErrorLimit", errorLimit));
        }

        return against;
    }

    private static string Passed(string what, int number, string limit, int value) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} ({number}) > {limit} ({value})");
}
