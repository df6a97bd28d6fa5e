using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Scaling;

/// <summary>
/// How many pods a canary is to have (argo-rollouts <c>utils/replicaset/canary.go: CalculateReplicaCountsForTrafficRoutedCanary</c>). The
/// stable release keeps all of its pods: the canary's come on top.
/// </summary>
internal static class ReplicaCalculation
{
    private const int Whole = 100;

    /// <summary>The counts at a step.</summary>
    /// <param name="canary">The strategy.</param>
    /// <param name="step">The current step, from 0; the number of steps after the last.</param>
    /// <param name="weight">The share that the steps up to this one ask for, in percent.</param>
    /// <param name="total">How many pods a release with all the traffic has.</param>
    public static ReplicaCounts At(CanaryStrategy canary, int step, int weight, int total) => new(total, ScaleAt(canary, step) switch
    {
        { Replicas: { } replicas } => replicas,
        { Weight: { } percent } => AtLeast(canary, Of(total, percent), total),
        _ => AtLeast(canary, Of(total, weight), total),
    });

    /// <summary>The part of the pods for a share of the traffic, rounded up (<c>trafficWeightToReplicas</c>).</summary>
    public static int Of(int total, int percent) => (int)((((long)total * percent) + Whole - 1) / Whole);

    /// <summary>
    /// The last <c>setCanaryScale</c> up to a step; null where the share of the traffic decides (<c>UseSetCanaryScale</c>).
    /// </summary>
    private static SetCanaryScaleStep? ScaleAt(CanaryStrategy canary, int step) => step >= canary.Steps.Count ? null
        : canary.Steps.Take(step + 1).OfType<SetCanaryScaleStep>().LastOrDefault();

    /// <summary><c>CheckMinPodsPerReplicaSet</c>.</summary>
    private static int AtLeast(CanaryStrategy canary, int count, int total) =>
        count == 0 ? 0 : Math.Max(count, Math.Min(canary.MinPodsPerReplicaSet ?? 0, total));
}
