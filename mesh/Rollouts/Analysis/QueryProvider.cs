using System.Globalization;
using Bookinfo.Mesh.Rollouts.Queries;

namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>
/// Measures by asking the counters, as Argo asks a Prometheus. One thing is different: a measurement that would speak against a release on
/// fewer than so many requests is inconclusive, because a handful of requests says nothing (0 / 0 is NaN, which no threshold bears).
/// </summary>
/// <param name="samples">The counters.</param>
/// <param name="fewestRequests">How many requests a failure needs; 0 measures exactly as Argo does.</param>
public sealed class QueryProvider(SampleStore samples, int fewestRequests) : IMetricProvider
{
    /// <summary>How many requests a failure needs where nothing is said.</summary>
    public const int DefaultFewestRequests = 10;

    /// <inheritdoc/>
    public Measurement Measure(MetricPlan metric, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var answer = metric.Query!.Ask(samples, now);
        var (phase, message) = Evaluation.Of(answer.Result, metric.SuccessCondition, metric.FailureCondition);
        var isAgainst = phase == AnalysisPhase.Failed || (phase == AnalysisPhase.Error && Evaluation.IsEmpty(answer.Result));
        if (isAgainst && answer.Requests is { } requests && requests < fewestRequests)
        {
            phase = AnalysisPhase.Inconclusive;
            message = string.Create(CultureInfo.InvariantCulture,
                $"{requests:0} requests are too few to speak against a release; {fewestRequests} are needed");
        }

        return new Measurement(phase, now, answer.Text, message, answer.Requests);
    }
}
