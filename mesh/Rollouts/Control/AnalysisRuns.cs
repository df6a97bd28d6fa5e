using System.Globalization;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Plans;

namespace Bookinfo.Mesh.Rollouts.Control;

/// <summary>The analyses of a canary: that of its step, and that beside the steps (argo-rollouts <c>rollout/analysis.go</c>).</summary>
internal sealed class AnalysisRuns(RolloutPlan plan, IMetricProvider provider)
{
    private readonly List<StartedAnalysis> _all = [];
    private int _step = -1;

    public AnalysisRun? Step { get; private set; }

    public AnalysisRun? Background { get; private set; }

    /// <summary>Every one that was started, the oldest first.</summary>
    public IReadOnlyList<StartedAnalysis> All => _all;

    /// <summary>What follows for the canary.</summary>
    /// <param name="Abort">Why it is to be aborted; null for no reason.</param>
    /// <param name="IsInconclusive">Whether somebody has to decide.</param>
    /// <param name="Message">Why.</param>
    public readonly record struct Outcome(string? Abort, bool IsInconclusive, string Message);

    /// <summary>Starts, measures and judges.</summary>
    /// <param name="now">The time.</param>
    /// <param name="index">The current step.</param>
    /// <param name="pauses">Why the canary waits.</param>
    /// <param name="measured">Called with each new measurement, in words.</param>
    public Outcome Reconcile(DateTimeOffset now, int index, PauseConditions pauses, Action<string> measured)
    {
        // needsNewAnalysisRun looks at the pause as it was before the runs are looked at.
        var isResumed = pauses.IsResumed;
        ReconcileStep(now, index, pauses, isResumed, measured);
        ReconcileBackground(now, index, pauses, isResumed, measured);
        return Of(Step, "Step-based analysis phase error/failed") is { } step ? step
            : Of(Background, "Background analysis phase error/failed") is { } background ? background
            : default;
    }

    /// <summary>Ends what is under way; the results stay to be looked at.</summary>
    /// <param name="now">The time.</param>
    public void Cancel(DateTimeOffset now)
    {
        End(Step, now);
        End(Background, now);
    }

    /// <summary>Ends one at once, as the controller of AnalysisRuns does (<c>analysis.go: assessRunStatus</c>, terminating).</summary>
    private static void End(AnalysisRun? run, DateTimeOffset now)
    {
        run?.Terminate();
        run?.Reconcile(now);
    }

    /// <summary>Forgets what was measured, for another try.</summary>
    public void Reset() => (Step, Background, _step) = (null, null, -1);

    /// <summary><c>reconcileStepBasedAnalysisRun</c>.</summary>
    private void ReconcileStep(DateTimeOffset now, int index, PauseConditions pauses, bool isResumed, Action<string> measured)
    {
        if (pauses.Reasons.Any(reason => reason != PauseReason.User))
        {
            return;
        }

        var analysis = index < plan.Steps.Count ? plan.Steps[index].Analysis : null;
        if (analysis is null || (Step is not null && _step != index))
        {
            End(Step, now);
            Step = null;
        }

        if (analysis is not null)
        {
            if (Step is null || (isResumed && Step.Phase == AnalysisPhase.Inconclusive))
            {
                (Step, _step) = (Started(analysis, index), index);
            }

            Measure(Step, now, measured);
        }
    }

    /// <summary><c>reconcileBackgroundAnalysisRun</c>.</summary>
    private void ReconcileBackground(DateTimeOffset now, int index, PauseConditions pauses, bool isResumed, Action<string> measured)
    {
        if (plan.Background is not { } analysis || index < plan.StartingStep || pauses.Has(PauseReason.InconclusiveAnalysis))
        {
            return;
        }

        if (Background is null || (isResumed && Background.Phase == AnalysisPhase.Inconclusive))
        {
            Background = Started(analysis, null);
        }

        Measure(Background, now, measured);
    }

    private AnalysisRun Started(AnalysisPlan analysis, int? step)
    {
        var run = new AnalysisRun(analysis, provider);
        _all.Add(new StartedAnalysis(run, step));
        return run;
    }

    private static void Measure(AnalysisRun run, DateTimeOffset now, Action<string> measured)
    {
        var before = run.Results.ToDictionary(result => result.Metric.Name, result => result.Last);
        run.Reconcile(now);
        foreach (var result in run.Results)
        {
            if (result.Last is { } last && !ReferenceEquals(last, before.GetValueOrDefault(result.Metric.Name)))
            {
                measured(Describe(result.Metric, last));
            }
        }
    }

    private static string Describe(MetricPlan metric, Measurement measurement)
    {
        var requests = measurement.Requests is { } number ? string.Create(CultureInfo.InvariantCulture, $" of {number:0} requests") : "";
        return $"{metric.Name} is {(measurement.Value.Length == 0 ? "not known" : measurement.Value)}{requests}: "
            + $"{measurement.Phase.ToString().ToLowerInvariant()}{(measurement.Message is null ? "" : $", {measurement.Message}")}"
            + (metric.IsDryRun ? " (dry run)" : "");
    }

    private static Outcome? Of(AnalysisRun? run, string what) => run?.Phase switch
    {
        AnalysisPhase.Failed or AnalysisPhase.Error =>
            new Outcome(run.Message.Length == 0 ? what : $"{what}: {run.Message}", IsInconclusive: false, ""),
        AnalysisPhase.Inconclusive => new Outcome(null, IsInconclusive: true, run.Message),
        _ => null,
    };
}
