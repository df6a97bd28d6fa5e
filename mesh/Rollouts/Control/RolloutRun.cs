using System.Globalization;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Routing;
using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Mesh.Rollouts.Control;

/// <summary>
/// A canary under way, by the rules of Argo's controller (argo-rollouts <c>rollout/canary.go</c>, <c>pause.go</c>, <c>analysis.go</c>,
/// <c>trafficrouting.go</c>). It acts only when <see cref="Reconcile"/> is called, with the time it is given. Used by one at a time.
/// </summary>
/// <param name="plan">What is run.</param>
/// <param name="routes">The rules that it changes.</param>
/// <param name="provider">What measures.</param>
/// <param name="replicas">The pods of the releases; null where they run already and stay as they are.</param>
public sealed partial class RolloutRun(RolloutPlan plan, IRoutes routes, IMetricProvider provider, IReplicas? replicas = null)
{
    private const int Whole = 100;

    /// <summary>A step may end at once; more of them at one moment than this is a mistake of ours.</summary>
    private const int MostAtOnce = 10_000;

    private readonly List<RolloutEvent> _events = [];
    private readonly AnalysisRuns _runs = new(plan, provider);
    private readonly PauseConditions _pauses = new();
    private int _routed = -1;
    private bool _isPromotedInFull;
    private bool _changed;
    private bool _isStuck;
    private bool _isScaled = replicas is null;

    /// <summary>What is run.</summary>
    public RolloutPlan Plan { get; } = plan;

    /// <summary>The current step, from 0; the number of steps after the last.</summary>
    public int StepIndex { get; private set; }

    /// <summary>The step, from 0, at which it was aborted; null where it was not.</summary>
    public int? AbortedStep { get; private set; }

    /// <summary>The canary's share, 0 to 100.</summary>
    public int Weight { get; private set; }

    /// <summary>How many pods the releases are to have; null where they stay as they are.</summary>
    public ReplicaCounts? WantedPods { get; private set; }

    /// <summary>How many pods of the releases take requests; null where they stay as they are.</summary>
    public ReplicaCounts? ReadyPods => replicas?.Ready;

    /// <summary>Whether it was aborted, by an analysis or by somebody.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>Whether the new release is the stable one.</summary>
    public bool IsPromoted { get; private set; }

    /// <summary>Why it was aborted, or why it waits; empty for nothing to say.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Why it waits; empty where it does not.</summary>
    public IReadOnlyList<PauseReason> PauseReasons => _pauses.Reasons;

    /// <summary>When a wait ends by itself; null for none that does.</summary>
    public DateTimeOffset? PausedUntil => !_pauses.IsByUser && _pauses.StepSince is { } since
        && Current is PauseStep { Duration: { } duration }
        ? since + duration : null;

    /// <summary>The analysis of the current step; null for none.</summary>
    public AnalysisRun? StepRun => _runs.Step;

    /// <summary>The analysis beside the steps; null for none.</summary>
    public AnalysisRun? BackgroundRun => _runs.Background;

    /// <summary>Every analysis that it has started, the oldest first.</summary>
    public IReadOnlyList<StartedAnalysis> Analyses => _runs.All;

    /// <summary>What happened, the oldest first.</summary>
    public IReadOnlyList<RolloutEvent> Events => _events;

    /// <summary>How it stands.</summary>
    public RolloutPhase Phase => IsPromoted ? RolloutPhase.Healthy : IsAborted ? RolloutPhase.Degraded
        : _pauses.Reasons.Count > 0 ? RolloutPhase.Paused : RolloutPhase.Progressing;

    /// <summary>Whether it can only be tried again.</summary>
    public bool IsOver => IsPromoted || IsAborted;

    private CanaryStep? Current => StepIndex < Plan.Steps.Count ? Plan.Steps[StepIndex].Step : null;

    /// <summary>Does all that is due.</summary>
    /// <param name="now">The time; it never goes back.</param>
    public void Reconcile(DateTimeOffset now)
    {
        for (var i = 0; i < MostAtOnce && !IsPromoted && !_isStuck; i++)
        {
            _changed = false;
            try
            {
                Once(now);
            }
            catch (RoutingException e)
            {
                // The rules say no; the traffic stays where it is, as far as it can be told.
                (IsAborted, _isStuck) = (true, true);
                AbortedStep ??= StepIndex;
                Message = $"the rules could not be changed: {e.Message.TrimEnd('.')}";
                Tell(now, RolloutEventKind.RollBack, Message);
                EndScaling(isPromoted: false);
                return;
            }

            if (!_changed)
            {
                return;
            }
        }
    }

    /// <summary>When something is due next; null where nothing is awaited but a person.</summary>
    /// <param name="now">The time.</param>
    public DateTimeOffset? Next(DateTimeOffset now) =>
        IsOver || _pauses.Has(PauseReason.InconclusiveAnalysis) ? null : new[] { PausedUntil, _runs.Step?.Next(now),
            _runs.Background?.Next(now) }.Min();

    /// <summary>Adds to what happened: a fault on purpose, for example.</summary>
    /// <param name="now">When.</param>
    /// <param name="kind">What kind of thing.</param>
    /// <param name="text">A sentence without a full stop.</param>
    public void Tell(DateTimeOffset now, RolloutEventKind kind, string text) => _events.Add(new RolloutEvent(now, kind, text, Weight));

    private void Once(DateTimeOffset now)
    {
        Scale(now);
        Route(now);
        if (Analyze(now))
        {
            return;
        }

        if (Current is PauseStep && !_isPromotedInFull && !IsAborted && !_pauses.IsByUser && _pauses.AddForStep(now))
        {
            Changed();
            Tell(now, RolloutEventKind.Pause, Current.Describe());
        }

        Advance(now);
    }

    /// <summary><c>reconcileTrafficRouting</c>: the weight of the last step that set one, and the routes of the current step.</summary>
    private void Route(DateTimeOffset now)
    {
        if (IsAborted)
        {
            if (Weight > 0 || _routed >= 0)
            {
                routes.RollBack();
                (Weight, _routed) = (0, -1);
                EndScaling(isPromoted: false);
                Tell(now, RolloutEventKind.RollBack, $"rolled back: {Plan.Releases.From} has all the traffic ({Message})");
            }

            return;
        }

        if (_isPromotedInFull)
        {
            return;
        }

        var weight = RoutedWeight();
        if (weight != Weight || _routed < 0)
        {
            routes.SetWeight(weight);
            Weight = weight;
            Tell(now, RolloutEventKind.Weight, string.Create(CultureInfo.InvariantCulture,
                $"{Plan.Releases.To} gets {weight} % of the traffic"));
        }

        if (_routed != StepIndex)
        {
            _routed = StepIndex;
            if (Current is SetHeaderRouteStep header)
            {
                routes.SetHeaderRoute(header);
            }
            else if (Current is SetMirrorRouteStep mirror)
            {
                routes.SetMirrorRoute(mirror);
            }
        }
    }

    /// <summary><c>utils/replicaset/canary.go: GetCurrentSetWeight</c>.</summary>
    private int CurrentWeight() => StepIndex >= Plan.Steps.Count ? Whole : WeightAfter(StepIndex + 1);

    private int WeightAfter(int steps) =>
        Plan.Steps.Take(steps).Select(step => step.Step).OfType<SetWeightStep>().LastOrDefault()?.Percent ?? 0;

    /// <summary><c>reconcileAnalysisRuns</c>; true where the canary has to wait for a person now.</summary>
    private bool Analyze(DateTimeOffset now)
    {
        if (IsAborted || _isPromotedInFull)
        {
            _runs.Cancel(now);
            return false;
        }

        var outcome = _runs.Reconcile(now, StepIndex, _pauses, measured => Tell(now, RolloutEventKind.Measurement, measured));
        if (outcome.Abort is { } reason)
        {
            (IsAborted, AbortedStep, Message) = (true, StepIndex, reason);
            Changed();
        }
        else if (outcome.IsInconclusive && _pauses.Add(PauseReason.InconclusiveAnalysis, now))
        {
            Message = outcome.Message;
            Tell(now, RolloutEventKind.Pause, $"waits for a person: {outcome.Message}");
            return true;
        }

        return false;
    }

    /// <summary><c>syncRolloutStatusCanary</c>.</summary>
    private void Advance(DateTimeOffset now)
    {
        if (_isPromotedInFull)
        {
            _pauses.Clear();
            StepIndex = Plan.Steps.Count;
        }

        if (IsAborted)
        {
            StepIndex = 0;
            _pauses.Clear();
            return;
        }

        if (StepIndex >= Plan.Steps.Count && !_pauses.IsByUser && _isScaled)
        {
            routes.Promote();
            EndScaling(isPromoted: true);
            _runs.Cancel(now);
            (Weight, IsPromoted, Message) = (Whole, true, "");
            Tell(now, RolloutEventKind.Promotion, $"promoted: {Plan.Releases.To} has all the traffic");
            return;
        }

        if (Current is { } step && IsDone(step, now))
        {
            StepIndex++;
            var isLeftOut = replicas is null && step is SetCanaryScaleStep;
            _pauses.Remove(PauseReason.CanaryPauseStep);
            Changed();
            Tell(now, RolloutEventKind.Step, string.Create(CultureInfo.InvariantCulture,
                $"step {StepIndex} of {Plan.Steps.Count} done: {step.Describe()}{(isLeftOut ? " (not scaled here)" : "")}"));
        }

        _pauses.Forget();
        Message = _pauses.Reasons.Count > 0 ? Message : _isScaled ? "" : WaitingForPods();
    }

    /// <summary><c>completedCurrentCanaryStep</c>.</summary>
    private bool IsDone(CanaryStep step, DateTimeOffset now) => !_pauses.IsByUser && !_pauses.Has(PauseReason.InconclusiveAnalysis)
        && step switch
        {
            PauseStep pause => _pauses.IsStepDone(pause.Duration, now),
            SetWeightStep or SetCanaryScaleStep => _isScaled,
            AnalysisStep => _runs.Step?.Phase == AnalysisPhase.Successful,
            _ => true,
        };

    private void Skip()
    {
        StepIndex = Math.Min(StepIndex + 1, Plan.Steps.Count);
        _pauses.Remove(PauseReason.CanaryPauseStep);
    }

    private void Changed() => _changed = true;
}
