using System.Globalization;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Simulation;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>What a simulation's result says of the file, in sentences: what stands in the way of a judgement, and what helps.</summary>
internal static class SimulationFindings
{
    /// <summary>
    /// More than this share of measurements that find no sample is worth a sentence: the first of a release that has had no request finds
    /// none.
    /// </summary>
    private const double MostEmpty = 0.5;

    /// <summary>More than this share of measurements that are inconclusive is worth a sentence.</summary>
    private const double MostInconclusive = 0.05;

    /// <summary>The sentences.</summary>
    /// <param name="plan">What was simulated.</param>
    /// <param name="options">What was assumed.</param>
    /// <param name="result">The simulation's result.</param>
    public static IEnumerable<string> Of(RolloutPlan plan, SimulationOptions options, SimulationResult result)
    {
        yield return $"A good release is stopped {Part(result.Good, SimulatedEnd.RolledBack)} of the time; "
            + $"a bad one passes {Part(result.Bad, SimulatedEnd.Promoted)} of it.";
        if (!plan.Measures)
        {
            yield return "Nothing is measured: no step and no background analysis names a template. "
                + "So no release is ever rolled back by itself.";
        }

        if (plan.StepThatWaits is { } step && !options.Promotes && result.Good.Count(SimulatedEnd.Waiting) > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Step {step} waits for a person (pause: {{}}), and so the simulation ends there. --promote goes on.");
        }

        foreach (var metric in result.Good.Metrics)
        {
            if (Share(metric.Empty, metric) is > MostEmpty and var empty)
            {
                yield return $"{metric.Name}: {Percent(empty)} of the measurements find no sample. The simulated requests have "
                    + $"{Labels(plan)}; does the query ask for these?";
            }
            else if (Share(metric.Inconclusive, metric) is > MostInconclusive and var open)
            {
                yield return $"{metric.Name}: {Percent(open)} of the measurements of a good release are inconclusive. "
                    + $"Those on fewer than {options.FewestRequests} requests are: a longer range in the query or more traffic helps, "
                    + "or an initialDelay; inconclusiveLimit lets some pass.";
            }
        }

        foreach (var metric in result.Bad.Metrics)
        {
            if (metric is { Failed: 0, Errors: 0, Inconclusive: 0 })
            {
                yield return $"{metric.Name}: no measurement ever spoke against the bad release.";
            }
        }
    }

    /// <summary>How many canaries ended so, as a share.</summary>
    public static string Part(SimulatedOutcomes outcomes, SimulatedEnd end) =>
        Percent((double)outcomes.Count(end) / outcomes.Runs.Count);

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0#} %");

    private static double Share(long part, MetricTally metric) => (double)part / metric.Measurements;

    private static string Labels(RolloutPlan plan)
    {
        var canary = plan.Rollout.Canary;
        var service = (canary.Istio is { DestinationRule: null } ? canary.CanaryService : null) ?? plan.Releases.Service;
        return $"destination_service_name=\"{service}\", destination_service_namespace=\"{plan.Rollout.Namespace}\" "
            + $"and destination_version=\"{plan.Releases.To}\"";
    }
}
