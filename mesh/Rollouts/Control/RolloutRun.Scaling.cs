using System.Globalization;
using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Mesh.Rollouts.Control;

/// <content>How many pods the releases have.</content>
public sealed partial class RolloutRun
{
    /// <summary><c>reconcileNewReplicaSet</c> and <c>AtDesiredReplicaCountsForCanary</c>.</summary>
    private void Scale(DateTimeOffset now)
    {
        if (replicas is null || IsAborted)
        {
            return;
        }

        var (step, weight) = _isPromotedInFull ? (Plan.Steps.Count, Whole) : (StepIndex, CurrentWeight());
        var wanted = ReplicaCalculation.At(Plan.Rollout.Canary, step, weight, replicas.Total);
        if (wanted != WantedPods)
        {
            WantedPods = wanted;
            Tell(now, RolloutEventKind.Scale, string.Create(CultureInfo.InvariantCulture,
                $"{Plan.Releases.To} is to have {Pods(wanted.Canary)}, {Plan.Releases.From} {Pods(wanted.Stable)}"));
        }

        replicas.Scale(wanted);
        var ready = replicas.Ready;
        _isScaled = ready.Canary == wanted.Canary && ready.Stable >= wanted.Stable;
    }

    /// <summary>
    /// The share that the rules give: that of the steps before, while pods are awaited, and none to a release without a pod
    /// (<c>reconcileTrafficRouting</c>).
    /// </summary>
    private int RoutedWeight() => replicas is null ? CurrentWeight()
        : replicas.Ready.Canary == 0 ? 0
        : _isScaled ? CurrentWeight() : WeightAfter(StepIndex);

    private void EndScaling(bool isPromoted)
    {
        replicas?.End(isPromoted);
        WantedPods = null;
    }

    private string WaitingForPods() => WantedPods is not { } wanted || ReadyPods is not { } ready ? ""
        : ready.Canary != wanted.Canary
            ? string.Create(CultureInfo.InvariantCulture, $"waits for {Pods(wanted.Canary)} of {Plan.Releases.To}, {ready.Canary} ready")
            : string.Create(CultureInfo.InvariantCulture, $"waits for {Pods(wanted.Stable)} of {Plan.Releases.From}, {ready.Stable} ready");

    private static string Pods(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? "pod" : "pods")}");
}
