using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Reading;

namespace Bookinfo.Mesh.Rollouts.Plans;

/// <summary>What can be run, or what stands in its way.</summary>
/// <param name="Plan">The plan; null where there are problems.</param>
/// <param name="Problems">Errors; empty where there is a plan.</param>
public sealed record Planning(RolloutPlan? Plan, IReadOnlyList<Problem> Problems);

/// <summary>
/// Makes a plan of what was read. All that Argo would find out in the middle of a canary is found before it starts: a template that is not
/// there, an argument without a value, a query or a condition that cannot be read.
/// </summary>
public static class RolloutPlanner
{
    /// <summary>The label of a Rollout that names the release it goes to.</summary>
    public const string VersionLabel = "version";

    /// <summary>What a simulated release is called that the Rollout gives no name.</summary>
    private const string AnyCanary = "canary";

    /// <summary>Plans the only Rollout there is.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="file">The name of the file, for what is wrong with it as a whole.</param>
    /// <param name="from">The stable release.</param>
    /// <param name="service">The service; null for the Rollout's own name.</param>
    /// <param name="to">The canary; null for the Rollout's label <see cref="VersionLabel"/>.</param>
    /// <param name="isSimulated">Whether it changes no rules: then it needs no releases that are told apart in them.</param>
    public static Planning Plan(
        RolloutReading reading, string file, string from, string? service = null, string? to = null, bool isSimulated = false)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (reading.HasErrors)
        {
            return new Planning(null, reading.Problems);
        }

        if (reading.Rollouts.Count != 1)
        {
            return Failed(new Problem(Severity.Error, file, 0, 0, "", reading.Rollouts.Count == 0 ? "there is no Rollout in it"
                : $"there are {reading.Rollouts.Count} Rollouts in it", "give a file with one Rollout and its AnalysisTemplates"));
        }

        var rollout = reading.Rollouts[0];
        if ((to ?? rollout.Metadata.Labels.GetValueOrDefault(VersionLabel) ?? (isSimulated ? AnyCanary : null))
            is not { Length: > 0 } target)
        {
            var unnamed = rollout.Problem(Severity.Error, "metadata.labels", "no release is named for the canary",
                "write the label version: v3, or name the release with --to");
            return new Planning(null, [unnamed, .. MeshRequirements.Check(rollout)]);
        }

        return Plan(reading, new Releases(service ?? rollout.Name, from, target), isSimulated);
    }

    /// <summary>Plans the only Rollout there is, for these releases.</summary>
    /// <param name="reading">What was read, without errors and with one Rollout.</param>
    /// <param name="releases">The releases.</param>
    /// <param name="isSimulated">Whether it changes no rules.</param>
    public static Planning Plan(RolloutReading reading, Releases releases, bool isSimulated = false)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(releases);
        var rollout = reading.Rollouts[0];
        List<Problem> problems = isSimulated ? [] : [.. MeshRequirements.Check(rollout)];
        var planner = new AnalysisPlanner(rollout, reading.Templates, releases, problems);
        var steps = rollout.Canary.Steps.Select((step, at) => new PlannedStep(step,
            step is AnalysisStep analysis ? planner.Plan(analysis.Analysis, $"spec.strategy.canary.steps[{at}].analysis") : null)).ToList();
        var background = rollout.Canary.Analysis is { } own ? planner.Plan(own, "spec.strategy.canary.analysis") : null;
        return problems.Count > 0
            ? new Planning(null, [.. problems.Distinct()])
            : new Planning(new RolloutPlan(rollout, releases, steps, background is { Metrics.Count: 0 } ? null : background), []);
    }

    private static Planning Failed(Problem problem) => new(null, [problem]);
}
