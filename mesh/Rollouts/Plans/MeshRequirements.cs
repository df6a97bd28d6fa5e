using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Plans;

/// <summary>What a Rollout needs to run on the mesh, and does not need to be simulated: rules to change, and subsets in them.</summary>
public static class MeshRequirements
{
    private const string Canary = "spec.strategy.canary";
    private const string Simulated = "; --simulate runs the file as it is";

    /// <summary>What stands in the way.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <returns>Errors; empty for a Rollout that can be run.</returns>
    public static IEnumerable<Problem> Check(Rollout rollout)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        if (rollout.Canary.Istio is not { } istio)
        {
            yield return rollout.Problem(Severity.Error, $"{Canary}.trafficRouting", "the rules to change are not named",
                $"write trafficRouting: {{istio: {{virtualService: {{name: ...}}}}}}{Simulated}");
            yield break;
        }

        foreach (var (field, service) in new[] { ("canaryService", rollout.Canary.CanaryService),
            ("stableService", rollout.Canary.StableService) })
        {
            if (service is not null)
            {
                yield return rollout.Problem(Severity.Error, $"{Canary}.{field}", $"{field} is not run here",
                    $"releases are told apart by subsets: name them under trafficRouting.istio.destinationRule{Simulated}");
            }
        }

        if (istio.DestinationRule is null)
        {
            yield return rollout.Problem(Severity.Error, $"{Canary}.trafficRouting.istio.destinationRule",
                "the subsets of the two releases are not named",
                "write destinationRule: {name: ..., canarySubsetName: canary, stableSubsetName: stable}");
        }
    }
}
