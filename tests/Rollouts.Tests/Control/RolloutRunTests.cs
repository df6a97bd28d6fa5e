using Bookinfo.Mesh.Rollouts.Control;

namespace Bookinfo.Tests.Rollouts.Control;

/// <summary>
/// The controller's rules. Names that begin with Test are those of cases of argo-rollouts <c>rollout/canary_test.go</c>; what they say of
/// ReplicaSets is in <see cref="RolloutScalingTests"/>.
/// </summary>
public sealed class RolloutRunTests
{
    private const string Step = "{analysis: {templates: [{templateName: success-rate}], args: [{name: version, value: v3}]}}";
    private const string Background = "analysis: {startingStep: 1, templates: [{templateName: success-rate}], "
        + "args: [{name: version, value: v3}]}";
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RecordedRoutes _routes = new();
    private Script _script = new(("success-rate", "S"));

    [Fact]
    public void TestCanaryRolloutEnterPauseState_StepWithoutDuration_WaitsToBePromoted()
    {
        var run = Started("[{setWeight: 10}, {pause: {}}]");
        Assert.Equal((RolloutPhase.Paused, 1, 10), (run.Phase, run.StepIndex, run.Weight));
        Assert.Equal([PauseReason.CanaryPauseStep], run.PauseReasons);
        Assert.Null(run.Next(Start));
    }

    [Fact]
    public void TestCanaryRolloutNoProgressWhilePaused()
    {
        var run = Started("[{setWeight: 10}, {pause: {}}]");
        run.Reconcile(Start.AddDays(1));
        Assert.Equal(1, run.StepIndex);
    }

    [Fact]
    public void TestCanaryRolloutUpdatePauseConditionWhilePaused()
    {
        var run = Started("[{pause: {}}]");
        run.Reconcile(After(1));
        Assert.Equal((RolloutPhase.Paused, 0), (run.Phase, run.StepIndex));
        Assert.Equal([PauseReason.CanaryPauseStep], run.PauseReasons);
    }

    [Fact]
    public void TestReconcileCanaryStepsHandleBaseCases_AfterTheLastStep_NothingWaits()
    {
        var run = Started("[{setWeight: 10}]");
        run.Reconcile(After(1));
        Assert.Empty(run.PauseReasons);
        Assert.Null(run.Next(After(1)));
    }

    [Fact]
    public void TestCanaryRolloutIncrementStepIfSetWeightsAreCorrect() => Assert.Equal(1, Started("[{setWeight: 10}]").StepIndex);

    [Fact]
    public void TestCanaryRolloutIncrementStepAfterUnPaused()
    {
        var run = Started("[{setWeight: 10}, {pause: {}}, {setWeight: 20}, {pause: {}}]");
        run.Promote(Start);
        Assert.Equal((RolloutPhase.Paused, 3, 20), (run.Phase, run.StepIndex, run.Weight));
    }

    [Fact]
    public void TestSyncRolloutWaitAddToQueue_TimedPause_IsDueAtItsEnd()
    {
        var run = Started("[{setWeight: 10}, {pause: {duration: 10s}}, {pause: {}}]");
        Assert.Equal(After(10), run.Next(Start));
        run.Reconcile(After(9));
        Assert.Equal(1, run.StepIndex);
    }

    [Fact]
    public void TestSyncRolloutWaitIncrementStepIndex()
    {
        var run = Started("[{setWeight: 10}, {pause: {duration: 10s}}, {pause: {}}]");
        run.Reconcile(After(10));
        Assert.Equal(2, run.StepIndex);
    }

    [Fact]
    public void TestNoResumeAfterPauseDurationIfUserPaused()
    {
        var run = Started("[{pause: {duration: 10s}}, {setWeight: 10}, {pause: {}}]");
        run.SetPaused(After(1), paused: true);
        run.Reconcile(After(60));
        Assert.Equal((0, RolloutPhase.Paused), (run.StepIndex, run.Phase));
        run.SetPaused(After(61), paused: false);
        Assert.Equal(2, run.StepIndex);
    }

    [Fact]
    public void TestCanaryRolloutUpdateStatusWhenAtEndOfSteps_AllToTheCanaryThenStable()
    {
        var run = Started("[{setWeight: 10}]");
        Assert.Equal((RolloutPhase.Healthy, 100), (run.Phase, run.Weight));
        Assert.Equal(["10", "100", "promoted"], _routes.Asked);
    }

    [Fact]
    public void TestHandleCanaryAbort_ByAPerson_BackToStableAndTheFirstStep()
    {
        var run = Started("[{setWeight: 10}, {pause: {}}]");
        run.Abort(After(5));
        Assert.Equal((RolloutPhase.Degraded, 0, 0, 1), (run.Phase, run.StepIndex, run.Weight, run.AbortedStep));
        Assert.Equal(["10", "back"], _routes.Asked);
        run.Reconcile(After(60));
        Assert.Equal(2, _routes.Asked.Count);
    }

    [Fact]
    public void TestCanaryRolloutResetProgressDeadlineOnRetry_BeginsAnew()
    {
        var run = Started("[{setWeight: 10}, {pause: {}}]");
        run.Abort(After(5));
        run.Retry(After(6));
        Assert.Equal((RolloutPhase.Paused, 1, 10), (run.Phase, run.StepIndex, run.Weight));
        Assert.Equal(["10", "back", "10"], _routes.Asked);
    }

    [Fact]
    public void Reconcile_RoutesOfSteps_AreSetOnceEach()
    {
        Started("[{setWeight: 10}, {setHeaderRoute: {name: beta, match: [{headerName: a, headerValue: {exact: b}}]}}, "
            + "{setMirrorRoute: {name: mirror, match: [{method: {exact: GET}}]}}, {setCanaryScale: {weight: 10}}, {pause: {}}]");
        Assert.Equal(["10", "header beta", "mirror mirror"], _routes.Asked);
    }

    [Fact]
    public void Reconcile_AnalysisStepEndsWell_GoesOn()
    {
        var run = Started($"[{{setWeight: 10}}, {Step}, {{pause: {{}}}}]");
        Assert.Equal(1, run.StepIndex);
        run.Reconcile(After(10));
        Assert.Equal((2, 2), (run.StepIndex, _script.Taken("success-rate")));
    }

    [Fact]
    public void Reconcile_AnalysisStepFails_RolledBackAtThatMoment()
    {
        _script = new Script(("success-rate", "SF"));
        var run = Started($"[{{setWeight: 10}}, {Step}]");
        run.Reconcile(After(10));
        Assert.Equal(RolloutPhase.Degraded, run.Phase);
        Assert.Equal(
            "Step-based analysis phase error/failed: Metric \"success-rate\" assessed Failed due to failed (1) > failureLimit (0)",
            run.Message);
        Assert.Equal(["10", "back"], _routes.Asked);
        Assert.Equal(1, run.StepRun!.Results[0].Failed);
    }

    [Fact]
    public void Reconcile_AnalysisStepInconclusive_WaitsForAPersonWhoMayGoOn()
    {
        _script = new Script(("success-rate", "I"));
        var run = Started($"[{{setWeight: 10}}, {Step}, {{setWeight: 50}}, {{pause: {{}}}}]");
        Assert.Equal((RolloutPhase.Paused, 1), (run.Phase, run.StepIndex));
        Assert.Equal([PauseReason.InconclusiveAnalysis], run.PauseReasons);
        run.Reconcile(After(600));
        Assert.Equal(1, run.StepIndex);
        run.Promote(After(601));
        Assert.Equal((3, 50), (run.StepIndex, run.Weight));
    }

    [Fact]
    public void Reconcile_Background_BeginsAtItsStepAndFails()
    {
        _script = new Script(("success-rate", "SF"));
        var run = Started("[{pause: {duration: 30s}}, {setWeight: 10}, {pause: {duration: 60s}}]", Background);
        run.Reconcile(After(10));
        Assert.Null(run.BackgroundRun);
        run.Reconcile(After(30));
        Assert.Equal(1, _script.Taken("success-rate"));
        run.Reconcile(After(40));
        Assert.Equal((RolloutPhase.Degraded, 2), (run.Phase, run.AbortedStep));
        Assert.StartsWith("Background analysis phase error/failed", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reconcile_BackgroundInconclusive_StopsTheStepsUntilItIsPromotedAndMeasuresAnew()
    {
        _script = new Script(("success-rate", "IS"));
        var run = Started("[{setWeight: 10}, {pause: {duration: 20s}}, {setWeight: 50}, {pause: {}}]", Background);
        run.Reconcile(After(60));
        Assert.Equal((10, RolloutPhase.Paused), (run.Weight, run.Phase));
        run.Promote(After(61));
        Assert.Equal((50, 2), (run.Weight, _script.Taken("success-rate")));
    }

    [Fact]
    public void Promote_InFull_SkipsStepsAndMeasurements()
    {
        var run = Started($"[{{setWeight: 10}}, {{pause: {{}}}}, {Step}]");
        run.Promote(After(1), full: true);
        Assert.Equal((RolloutPhase.Healthy, 0), (run.Phase, _script.Taken("success-rate")));
        Assert.Equal(["10", "promoted"], _routes.Asked);
    }

    [Fact]
    public void Promote_WhileMeasuring_SkipsTheStep()
    {
        var run = Started($"[{Step}, {{pause: {{}}}}]");
        run.Promote(After(1));
        Assert.Equal(1, run.StepIndex);
    }

    [Fact]
    public void SkipAllSteps_EndsWithAllTheTraffic()
    {
        var run = Started($"[{{setWeight: 10}}, {{pause: {{}}}}, {Step}, {{pause: {{}}}}]");
        run.SkipAllSteps(After(1));
        Assert.Equal((RolloutPhase.Healthy, 0), (run.Phase, _script.Taken("success-rate")));
    }

    [Fact]
    public void Analyses_AreKeptWithTheirStepAndEndWithIt()
    {
        var run = Started($"[{Step}, {{pause: {{}}}}]", Background);
        run.Promote(After(1));
        run.Promote(After(2));
        Assert.Equal([(0, true), (null, true)], run.Analyses.Select(one => (one.Step, one.Run.CompletedAt is not null)));
    }

    [Fact]
    public void Reconcile_RulesSayNo_EndsWithTheReasonAndIsTriedAgain()
    {
        _routes.Refusal = "HTTP Route 'primary' is not found in the defined Virtual Service.";
        var run = Started("[{setWeight: 10}, {pause: {}}]");
        run.Reconcile(After(1));
        Assert.Equal(RolloutPhase.Degraded, run.Phase);
        Assert.Single(run.Events, one => one.Kind == RolloutEventKind.RollBack && one.Text.Contains("HTTP Route 'primary'",
            StringComparison.Ordinal));
        _routes.Refusal = null;
        run.Retry(After(2));
        Assert.Equal(10, run.Weight);
    }

    private RolloutRun Started(string steps, string more = "")
    {
        var run = new RolloutRun(Files.Good(Files.Rollout(steps, more)), _routes, _script);
        run.Reconcile(Start);
        return run;
    }

    private static DateTimeOffset After(int seconds) => Start.AddSeconds(seconds);
}
