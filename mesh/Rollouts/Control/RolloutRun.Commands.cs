using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Mesh.Rollouts.Control;

/// <content>What a person does with a canary.</content>
public sealed partial class RolloutRun
{
    /// <summary>
    /// Goes on: ends a wait, or else skips the current step (<c>pkg/kubectl-argo-rollouts/cmd/promote/promote.go</c>).
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="full">Gives the canary all the traffic, without further steps and measurements.</param>
    public void Promote(DateTimeOffset now, bool full = false)
    {
        if (IsPromoted || (IsAborted && !full))
        {
            return;
        }

        Tell(now, RolloutEventKind.Pause, full ? "promoted in full by a person" : "promoted by a person");
        _pauses.IsByUser = false;
        if (full)
        {
            (_isPromotedInFull, IsAborted, AbortedStep) = (true, false, null);
        }
        else if (_pauses.Has(PauseReason.InconclusiveAnalysis) && _runs.Step?.Phase == AnalysisPhase.Inconclusive)
        {
            _pauses.Clear();
            Skip();
        }
        else if (_pauses.Reasons.Count > 0)
        {
            // The step sees that the controller's own pause was taken away.
            _pauses.Resume();
        }
        else
        {
            Skip();
        }

        Reconcile(now);
    }

    /// <summary>Skips the steps that are left (<c>promote --skip-all-steps</c>).</summary>
    /// <param name="now">The time.</param>
    public void SkipAllSteps(DateTimeOffset now)
    {
        if (!IsOver)
        {
            Tell(now, RolloutEventKind.Pause, "a person skips the steps that are left");
            _pauses.Clear();
            StepIndex = Plan.Steps.Count;
            Reconcile(now);
        }
    }

    /// <summary>Takes the canary's traffic away.</summary>
    /// <param name="now">The time.</param>
    /// <param name="reason">Why, as a sentence without a full stop.</param>
    public void Abort(DateTimeOffset now, string reason = "aborted by a person")
    {
        if (!IsOver)
        {
            (IsAborted, AbortedStep, Message) = (true, StepIndex, reason);
            Reconcile(now);
        }
    }

    /// <summary>Begins an aborted canary anew.</summary>
    /// <param name="now">The time.</param>
    public void Retry(DateTimeOffset now)
    {
        if (IsAborted)
        {
            (IsAborted, AbortedStep, Message, StepIndex) = (false, null, "", 0);
            (_isStuck, _routed, _isScaled) = (false, -1, replicas is null);
            _runs.Reset();
            _pauses.Clear();
            Tell(now, RolloutEventKind.Step, "tried again from the first step");
            Reconcile(now);
        }
    }

    /// <summary>Stops it for a while, or lets it go on. What is measured beside the steps is measured meanwhile.</summary>
    /// <param name="now">The time.</param>
    /// <param name="paused">Whether it stops.</param>
    public void SetPaused(DateTimeOffset now, bool paused)
    {
        if (!IsOver && paused != _pauses.IsByUser)
        {
            _pauses.IsByUser = paused;
            Tell(now, RolloutEventKind.Pause, paused ? "paused by a person" : "resumed by a person");
            Reconcile(now);
        }
    }
}
