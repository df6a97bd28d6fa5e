using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Plans;

/// <summary>Which releases take part.</summary>
/// <param name="Service">The service, for example <c>reviews</c>.</param>
/// <param name="From">The version label of the release that has the traffic: the stable one.</param>
/// <param name="To">The version label of the release that gets it: the canary.</param>
public sealed record Releases(string Service, string From, string To);

/// <summary>A Rollout that can be run: templates found, arguments filled in, queries and conditions read.</summary>
/// <param name="Rollout">What was read.</param>
/// <param name="Releases">Which releases take part.</param>
/// <param name="Steps">The steps, each with what it measures.</param>
/// <param name="Background">What is measured beside the steps; null for nothing.</param>
public sealed record RolloutPlan(Rollout Rollout, Releases Releases, IReadOnlyList<PlannedStep> Steps, AnalysisPlan? Background)
{
    /// <summary>The rules to change, of a plan that is not only simulated.</summary>
    public IstioTrafficRouting Istio => Rollout.Canary.Istio!;

    /// <summary>The subsets that stand for the releases.</summary>
    public RoutedSubsets Subsets => Istio.DestinationRule!;

    /// <summary>The step, from 0, at which the measuring beside the steps begins.</summary>
    public int StartingStep => Rollout.Canary.Analysis?.StartingStep ?? 0;

    /// <summary>The first step, from 1, that waits until somebody promotes the canary; null for none.</summary>
    public int? StepThatWaits => Steps.Index().Where(step => step.Item.Step is PauseStep { Duration: null })
        .Select(step => (int?)step.Index + 1).FirstOrDefault();

    /// <summary>Whether anything is measured.</summary>
    public bool Measures => Background is not null || Steps.Any(step => step.Analysis is { Metrics.Count: > 0 });

    /// <summary>Whether a step says how many pods the canary has.</summary>
    public bool ScalesTheCanary => Rollout.Canary.Steps.Any(step => step is SetCanaryScaleStep);

    /// <summary>How far back its queries look.</summary>
    public TimeSpan LongestRange => Steps.Select(step => step.Analysis).Append(Background)
        .SelectMany(analysis => analysis?.Metrics ?? [])
        .Select(metric => metric.Query?.Range ?? TimeSpan.Zero)
        .DefaultIfEmpty(TimeSpan.Zero).Max();
}

/// <summary>A step with what it measures.</summary>
/// <param name="Step">The step.</param>
/// <param name="Analysis">What an <see cref="AnalysisStep"/> measures; null for other steps.</param>
public sealed record PlannedStep(CanaryStep Step, AnalysisPlan? Analysis);
