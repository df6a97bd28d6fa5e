using Bookinfo.Mesh.Rollouts.Control;
using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Tests.Rollouts.Control;

/// <summary>
/// What the controller asks of the pods. Names that begin with Test are those of cases of argo-rollouts <c>rollout/canary_test.go</c>.
/// </summary>
public sealed class RolloutScalingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RecordedRoutes _routes = new();

    [Fact]
    public void Reconcile_BeforeAWeight_NoPods()
    {
        var pods = new RecordedReplicas(10);
        Started("[{pause: {}}]", pods);
        Assert.Equal(new ReplicaCounts(10, 0), pods.Wanted);
    }

    [Fact]
    public void TestCanaryRolloutCreateNewReplicaWithCorrectWeight()
    {
        var pods = new RecordedReplicas(10);
        var run = Started("[{setWeight: 10}, {pause: {}}]", pods);

        Assert.Equal(new ReplicaCounts(10, 1), pods.Wanted);
        Assert.Equal((0, 0, "waits for 1 pod of v3, 0 ready"), (run.StepIndex, run.Weight, run.Message));
    }

    [Fact]
    public void TestCanaryRolloutScaleUpNewReplicaWithCorrectWeight_TheWeightFollowsThePods()
    {
        var pods = new RecordedReplicas(5);
        var run = Started("[{setWeight: 20}, {setWeight: 40}, {pause: {}}]", pods);

        pods.Ready = new ReplicaCounts(5, 1);
        run.Reconcile(After(1));
        Assert.Equal((1, 20, new ReplicaCounts(5, 2)), (run.StepIndex, run.Weight, pods.Wanted));

        pods.Ready = new ReplicaCounts(5, 2);
        run.Reconcile(After(2));
        Assert.Equal((2, 40, ""), (run.StepIndex, run.Weight, run.Message));
    }

    [Fact]
    public void TestResumeRolloutAfterPauseDuration()
    {
        var run = Started("[{setWeight: 10}, {pause: {duration: 60}}, {setWeight: 20}]", new RecordedReplicas(10, 1));
        Assert.Equal((1, RolloutPhase.Paused), (run.StepIndex, run.Phase));
        run.Reconcile(After(61));
        Assert.Equal((2, RolloutPhase.Progressing), (run.StepIndex, run.Phase));
    }

    [Theory]
    [InlineData("{replicas: 3}", 3)]
    [InlineData("{weight: 25}", 3)]
    [InlineData("{matchTrafficWeight: true}", 1)]
    public void Reconcile_SetCanaryScale_IsDoneWithItsPods(string scale, int expected)
    {
        var pods = new RecordedReplicas(10);
        var run = Started($"[{{setCanaryScale: {scale}}}, {{setWeight: 5}}, {{setCanaryScale: {scale}}}, {{pause: {{}}}}]", pods);
        for (var second = 1; run.StepIndex < 3 && second < 10; second++)
        {
            pods.Ready = pods.Wanted;
            run.Reconcile(After(second));
        }

        Assert.Equal((3, 5, expected), (run.StepIndex, run.Weight, pods.Wanted.Canary));
    }

    [Fact]
    public void Reconcile_SetCanaryScale_StaysForTheStepsAfterIt()
    {
        var pods = new RecordedReplicas(10, 2);
        var run = Started("[{setCanaryScale: {replicas: 2}}, {setWeight: 90}, {pause: {}}]", pods);
        Assert.Equal((2, 90, new ReplicaCounts(10, 2)), (run.StepIndex, run.Weight, pods.Wanted));
    }

    [Fact]
    public void Reconcile_AfterTheLastStep_AllPodsBeforeAllTraffic()
    {
        var pods = new RecordedReplicas(4, 1);
        var run = Started("[{setCanaryScale: {replicas: 1}}, {setWeight: 50}]", pods);
        Assert.Equal((RolloutPhase.Progressing, 50, new ReplicaCounts(4, 4)), (run.Phase, run.Weight, pods.Wanted));

        pods.Ready = new ReplicaCounts(4, 4);
        run.Reconcile(After(1));
        Assert.Equal((RolloutPhase.Healthy, true), (run.Phase, pods.IsPromoted));
    }

    [Fact]
    public void Promote_InFull_AllPodsBeforeAllTraffic()
    {
        var pods = new RecordedReplicas(4, 1);
        var run = Started("[{setWeight: 10}, {pause: {}}]", pods);
        run.Promote(After(1), full: true);
        Assert.Equal((RolloutPhase.Progressing, 10, 4), (run.Phase, run.Weight, pods.Wanted.Canary));

        pods.Ready = new ReplicaCounts(4, 4);
        run.Reconcile(After(2));
        Assert.Equal(RolloutPhase.Healthy, run.Phase);
    }

    [Fact]
    public void Reconcile_TheCanaryLosesItsPods_GetsNoTraffic()
    {
        var pods = new RecordedReplicas(4, 1);
        var run = Started("[{setWeight: 10}, {pause: {}}]", pods);
        pods.Ready = new ReplicaCounts(4, 0);
        run.Reconcile(After(1));
        Assert.Equal(0, run.Weight);
        Assert.Equal(["10", "0"], _routes.Asked);
    }

    [Fact]
    public void Abort_WhilePodsStart_EndsTheScaling()
    {
        var pods = new RecordedReplicas(4);
        var run = Started("[{setWeight: 10}, {pause: {}}]", pods);
        run.Abort(After(1));
        Assert.Equal((RolloutPhase.Degraded, false), (run.Phase, pods.IsPromoted));

        run.Retry(After(2));
        Assert.Null(pods.IsPromoted);
        Assert.Equal("waits for 1 pod of v3, 0 ready", run.Message);
    }

    private RolloutRun Started(string steps, RecordedReplicas pods)
    {
        var run = new RolloutRun(Files.Good(Files.Rollout(steps)), _routes, new Script(), pods);
        run.Reconcile(Start);
        return run;
    }

    private static DateTimeOffset After(int seconds) => Start.AddSeconds(seconds);
}
