namespace Bookinfo.Mesh.Rollouts.Control;

/// <summary>Why a canary waits, and since when (argo-rollouts <c>rollout/pause.go</c>).</summary>
internal sealed class PauseConditions
{
    private readonly List<(PauseReason Reason, DateTimeOffset Since)> _conditions = [];

    /// <summary>Whether somebody stopped it (<c>spec.paused</c>).</summary>
    public bool IsByUser { get; set; }

    /// <summary>
    /// Whether the controller itself paused (<c>status.controllerPause</c>). Where this holds and no condition is left, somebody took the
    /// pause away.
    /// </summary>
    public bool IsByController { get; private set; }

    public IReadOnlyList<PauseReason> Reasons =>
        [.. _conditions.Select(condition => condition.Reason), .. IsByUser ? [PauseReason.User] : Array.Empty<PauseReason>()];

    public DateTimeOffset? StepSince => _conditions.Where(condition => condition.Reason == PauseReason.CanaryPauseStep)
        .Select(condition => (DateTimeOffset?)condition.Since).FirstOrDefault();

    public bool Has(PauseReason reason) => _conditions.Exists(condition => condition.Reason == reason);

    /// <summary>Whether an analysis that was inconclusive is to be made anew (<c>analysis.go: needsNewAnalysisRun</c>).</summary>
    public bool IsResumed => IsByController && !Has(PauseReason.CanaryPauseStep);

    /// <summary>Adds a reason; false where it is there.</summary>
    public bool Add(PauseReason reason, DateTimeOffset now)
    {
        if (Has(reason))
        {
            return false;
        }

        _conditions.Add((reason, now));
        IsByController = true;
        return true;
    }

    /// <summary>Pauses for a step, unless the step was just resumed (<c>canary.go: reconcileCanaryPause</c>).</summary>
    public bool AddForStep(DateTimeOffset now) => !IsByController && Add(PauseReason.CanaryPauseStep, now);

    /// <summary>Whether a pause of that length is over (<c>CompletedCanaryPauseStep</c>).</summary>
    public bool IsStepDone(TimeSpan? duration, DateTimeOffset now) =>
        StepSince is { } since ? duration is { } length && now >= since + length : IsByController;

    /// <summary>Takes the conditions away, as a person does who promotes.</summary>
    public void Resume() => _conditions.Clear();

    public void Remove(PauseReason reason)
    {
        _conditions.RemoveAll(condition => condition.Reason == reason);
        Forget();
    }

    /// <summary>Without a condition nothing is paused.</summary>
    public void Forget() => IsByController &= _conditions.Count > 0;

    public void Clear()
    {
        _conditions.Clear();
        (IsByController, IsByUser) = (false, false);
    }
}
