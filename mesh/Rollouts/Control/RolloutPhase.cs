namespace Bookinfo.Mesh.Rollouts.Control;

/// <summary>How a canary stands, in the words of a Rollout's <c>status.phase</c>.</summary>
public enum RolloutPhase
{
    /// <summary>It goes on by itself.</summary>
    Progressing,

    /// <summary>It waits: for time to pass, or to be promoted.</summary>
    Paused,

    /// <summary>It was aborted: the stable release has all the traffic.</summary>
    Degraded,

    /// <summary>It is over: the new release has all the traffic, and is the stable one.</summary>
    Healthy,
}

/// <summary>Why a canary waits (argo-rollouts <c>types.go: PauseReason</c>).</summary>
public enum PauseReason
{
    /// <summary>A step says so.</summary>
    CanaryPauseStep,

    /// <summary>An analysis speaks neither for the release nor against it: somebody has to decide.</summary>
    InconclusiveAnalysis,

    /// <summary>Somebody stopped it for a while.</summary>
    User,
}

/// <summary>Something that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">A sentence without a full stop.</param>
/// <param name="Weight">The canary's share from then on, 0 to 100.</param>
public sealed record RolloutEvent(DateTimeOffset At, RolloutEventKind Kind, string Text, int Weight);

/// <summary>What kinds of things happen.</summary>
public enum RolloutEventKind
{
    /// <summary>A step was finished, or the canary began.</summary>
    Step,

    /// <summary>The canary's share changed.</summary>
    Weight,

    /// <summary>The releases are to have other numbers of pods.</summary>
    Scale,

    /// <summary>A measurement was taken.</summary>
    Measurement,

    /// <summary>It waits, or goes on.</summary>
    Pause,

    /// <summary>A pod was broken on purpose, or healed.</summary>
    Fault,

    /// <summary>The canary lost its traffic.</summary>
    RollBack,

    /// <summary>The canary has all the traffic.</summary>
    Promotion,
}
