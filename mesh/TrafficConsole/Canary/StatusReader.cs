using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Control;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.TrafficConsole.Model;

namespace Bookinfo.Mesh.TrafficConsole.Canary;

/// <summary>Makes a status of a canary under way.</summary>
internal static class StatusReader
{
    /// <summary>How many events are told.</summary>
    private const int MostEvents = 80;

    /// <summary>The status.</summary>
    /// <param name="run">The canary.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="traffic">What was counted since the rules changed.</param>
    public static CanaryStatus Read(RolloutRun run, DateTimeOffset startedAt, TrafficSnapshot traffic)
    {
        var plan = run.Plan;
        return new CanaryStatus(
            plan.Rollout.Name,
            plan.Releases.Service,
            plan.Releases.From,
            plan.Releases.To,
            run.Phase.ToString(),
            run.Message,
            run.Weight,
            run is { WantedPods: { } wanted, ReadyPods: { } ready }
                ? new CanaryPods(ready.Stable, wanted.Stable, ready.Canary, wanted.Canary) : null,
            Seen(traffic, plan.Releases.Service, plan.Releases.To),
            [.. run.PauseReasons.Select(reason => reason.ToString())],
            run.PausedUntil,
            startedAt,
            [.. plan.Steps.Select((step, at) => new CanaryStepStatus(Words(step.Step, plan.Releases.To), State(run, at)))],
            [
                .. run.StepRun is { } step ? [Analysis(step, isBackground: false)] : Array.Empty<CanaryAnalysis>(),
                .. run.BackgroundRun is { } background ? [Analysis(background, isBackground: true)] : Array.Empty<CanaryAnalysis>(),
            ],
            Math.Max(0, run.Events.Count - MostEvents),
            [.. run.Events.TakeLast(MostEvents).Select(one => new CanaryEvent(one.At, one.Kind.ToString(), one.Text, one.Weight))]);
    }

    private static string Words(CanaryStep step, string release) =>
        step is SetWeightStep weight ? $"{weight.Percent} % to {release}" : step.Describe();

    private static string State(RolloutRun run, int step) => run.AbortedStep is { } aborted
        ? step < aborted ? "done" : step == aborted ? "failed" : "waiting"
        : run.IsPromoted || step < run.StepIndex ? "done"
        : step == run.StepIndex ? "running" : "waiting";

    private static CanarySeen Seen(TrafficSnapshot traffic, string service, string release)
    {
        var entries = traffic.Entries.Where(entry => entry.DestinationServiceName == service).ToList();
        var canary = entries.Where(entry => entry.Release == release).ToList();
        var (all, own) = (entries.Sum(entry => entry.Requests), canary.Sum(entry => entry.Requests));
        var interval = ConfidenceInterval.Wilson(own, all);
        return new CanarySeen(all, own, canary.Sum(entry => entry.Errors), all == 0 ? 0 : (double)own / all, interval.Low, interval.High);
    }

    private static CanaryAnalysis Analysis(AnalysisRun run, bool isBackground) =>
        new(run.Plan.Name, isBackground, run.Phase.ToString(), [.. run.Results.Select(Metric)]);

    private static CanaryMetric Metric(MetricResult result) => new(
        result.Metric.Name,
        result.Metric.Threshold,
        result.Phase.ToString(),
        result.Metric.IsDryRun,
        result.Successful,
        result.Failed,
        result.Metric.FailureLimit ?? 0,
        result.Inconclusive,
        result.Error,
        [.. result.Measurements.Select(one => new CanaryMeasurement(one.At, one.Value, one.Requests, one.Phase.ToString(), one.Message))]);
}
