namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>
/// One analysis under way: takes the measurements that are due and says what follows (argo-rollouts <c>analysis/analysis.go:
/// reconcileAnalysisRun</c>). A measurement that is due at a moment is taken at that moment.
/// </summary>
/// <param name="plan">What is measured.</param>
/// <param name="provider">What measures.</param>
public sealed class AnalysisRun(AnalysisPlan plan, IMetricProvider provider)
{
    /// <summary>How soon an error is tried again, whatever the interval (<c>DefaultErrorRetryInterval</c>).</summary>
    public static readonly TimeSpan ErrorRetryInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, MetricResult> _results = [];

    /// <summary>What is measured.</summary>
    public AnalysisPlan Plan { get; } = plan;

    /// <summary>How it stands.</summary>
    public AnalysisPhase Phase { get; private set; } = AnalysisPhase.Pending;

    /// <summary>Why it ended as it did; empty for nothing to say.</summary>
    public string Message { get; private set; } = "";

    /// <summary>When it was first looked at; null before.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>The results of the metrics that were measured, in the order of the plan.</summary>
    public IReadOnlyList<MetricResult> Results =>
        [.. Plan.Metrics.Where(metric => _results.ContainsKey(metric.Name)).Select(metric => _results[metric.Name])];

    /// <summary>Whether it was told to end.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Tells it to end: no further measurement is taken.</summary>
    public void Terminate() => IsTerminated = true;

    /// <summary>Takes the measurements that are due, and judges.</summary>
    /// <param name="now">The time.</param>
    public void Reconcile(DateTimeOffset now)
    {
        if (Phase.IsCompleted())
        {
            return;
        }

        foreach (var metric in Due(now))
        {
            if (!_results.TryGetValue(metric.Name, out var result))
            {
                _results.Add(metric.Name, result = new MetricResult(metric));
            }

            result.Add(provider.Measure(metric, now));
        }

        StartedAt ??= now;
        (Phase, Message) = Assess();
        CompletedAt = Phase.IsCompleted() ? now : null;
    }

    /// <summary>When it is to be looked at again; null where nothing is awaited (<c>calculateNextReconcileTime</c>).</summary>
    /// <param name="now">The time.</param>
    public DateTimeOffset? Next(DateTimeOffset now) => Phase.IsCompleted() ? null
        : Plan.Metrics.Select(metric => Next(metric, now)).Min();

    /// <summary>The metrics that are to be measured (<c>generateMetricTasks</c>).</summary>
    private IReadOnlyList<MetricPlan> Due(DateTimeOffset now) =>
        IsTerminating ? [] : [.. Plan.Metrics.Where(metric => IsDue(metric, now))];

    /// <summary>A metric that ended badly ends all (<c>utils/analysis/helpers.go: IsTerminating</c>).</summary>
    private bool IsTerminating => IsTerminated || _results.Values.Any(result => !result.Metric.IsDryRun
        && result.Phase is AnalysisPhase.Failed or AnalysisPhase.Error or AnalysisPhase.Inconclusive);

    private bool IsDue(MetricPlan metric, DateTimeOffset now)
    {
        if (!_results.TryGetValue(metric.Name, out var result) || result.Last is not { } last)
        {
            return metric.InitialDelay is not { } delay || (StartedAt is { } started && now >= started + delay);
        }

        return !result.Phase.IsCompleted() && !IsCounted(metric, result) && now >= last.At + IntervalAfter(metric, last);
    }

    private DateTimeOffset? Next(MetricPlan metric, DateTimeOffset now)
    {
        if (!_results.TryGetValue(metric.Name, out var result) || result.Last is not { } last)
        {
            return metric.InitialDelay is { } delay ? (StartedAt ?? now) + delay : now;
        }

        var isOver = result.Phase.IsCompleted() || IsCounted(metric, result);
        return isOver || (last.Phase != AnalysisPhase.Error && metric.Interval is null) ? null : last.At + IntervalAfter(metric, last);
    }

    private static bool IsCounted(MetricPlan metric, MetricResult result) => metric.EffectiveCount is { } count && result.Count >= count;

    private static TimeSpan IntervalAfter(MetricPlan metric, Measurement last) =>
        last.Phase == AnalysisPhase.Error ? ErrorRetryInterval : metric.Interval ?? ErrorRetryInterval;

    /// <summary>The worst of the metrics, once all have ended (<c>assessRunStatus</c>).</summary>
    private (AnalysisPhase Phase, string Message) Assess()
    {
        var terminating = IsTerminating;
        var (worst, message) = ((AnalysisPhase?)null, IsTerminated ? "Run Terminated" : "");
        var allEnded = true;
        foreach (var metric in Plan.Metrics)
        {
            if (!_results.TryGetValue(metric.Name, out var result))
            {
                allEnded = false;
                continue;
            }

            var phase = Assessment.Of(metric, result, terminating);
            if (result.Phase != phase)
            {
                (result.Phase, result.Message) = (phase, result.Last?.Message);
            }

            if (!phase.IsCompleted())
            {
                allEnded = false;
                continue;
            }

            var against = Assessment.Against(metric, result)?.Message;
            if (metric.IsDryRun)
            {
                worst ??= AnalysisPhase.Successful;
                result.Message = against is null ? result.Message : $"Metric assessed {phase} due to {against}";
            }
            else if (worst is null || phase > worst)
            {
                worst = phase;
                message = against is null ? message
                    : $"Metric \"{metric.Name}\" assessed {phase} due to {against}"
                    + (string.IsNullOrEmpty(result.Message) ? "" : $": \"Error Message: {result.Message}\"");
            }
        }

        return terminating ? (worst ?? AnalysisPhase.Successful, message)
            : !allEnded || worst is not { } ended ? (AnalysisPhase.Running, "")
            : (ended, message);
    }
}
