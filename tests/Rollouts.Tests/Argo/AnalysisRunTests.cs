using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Tests.Rollouts.Argo;

/// <summary>Cases of argo-rollouts <c>analysis/analysis_test.go</c> about a whole run, each with the name of its function there.</summary>
public sealed class AnalysisRunTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MetricPlan EachMinute = new("success-rate") { Interval = TimeSpan.FromSeconds(60) };

    [Fact]
    public void TestGenerateMetricTasksInterval()
    {
        var script = new Script(("success-rate", "S"));
        var run = Started(script, EachMinute);
        run.Reconcile(After(50));
        Assert.Equal(1, script.Taken("success-rate"));
        run.Reconcile(After(61));
        Assert.Equal(2, script.Taken("success-rate"));
    }

    [Fact]
    public void TestCompletedTimeFilled()
    {
        var run = Started(new Script(("success-rate", "SS")), EachMinute with { Count = 2 });
        Assert.Null(run.CompletedAt);
        run.Reconcile(After(60));
        Assert.Equal((AnalysisPhase.Successful, After(60)), (run.Phase, run.CompletedAt));
        run.Reconcile(After(90));
        Assert.Equal(After(60), run.CompletedAt);
    }

    [Fact]
    public void TestGenerateMetricTasksFailing_AFailedMetric_EndsTheOthers()
    {
        var script = new Script(("latency", "F"), ("success-rate", "S"));
        var run = Started(script, EachMinute with { Name = "latency" }, EachMinute);
        run.Reconcile(After(61));
        Assert.Equal(1, script.Taken("success-rate"));
        Assert.Equal(AnalysisPhase.Failed, run.Phase);
    }

    [Fact]
    public void TestGenerateMetricTasksNoIntervalOrCount_OneMeasurement()
    {
        var script = new Script(("success-rate", "S"));
        var run = Started(script, new MetricPlan("success-rate"));
        run.Reconcile(After(3600));
        Assert.Equal(1, script.Taken("success-rate"));
        Assert.Equal(AnalysisPhase.Successful, run.Phase);
    }

    [Fact]
    public void TestGenerateMetricTasksHonorInitialDelay()
    {
        var script = new Script(("success-rate", "S"));
        var run = Started(script, new MetricPlan("success-rate") { InitialDelay = TimeSpan.FromSeconds(20) });
        Assert.Equal(0, script.Taken("success-rate"));
        run.Reconcile(After(10));
        Assert.Equal(0, script.Taken("success-rate"));
        run.Reconcile(After(20));
        Assert.Equal(1, script.Taken("success-rate"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(300)]
    public void TestGenerateMetricTasksError_TriedAgainAfterTenSeconds(int? interval)
    {
        var script = new Script(("success-rate", "ES"));
        var run = Started(script, new MetricPlan("success-rate")
        {
            Interval = interval is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        });
        Assert.Equal(After(10), run.Next(Start));
        run.Reconcile(After(10));
        Assert.Equal(2, script.Taken("success-rate"));
    }

    [Fact]
    public void TestAssessRunStatus_OneStillRuns_AllRuns() =>
        Assert.Equal((AnalysisPhase.Running, ""), Ended(("latency", "S"), EachMinute));

    [Fact]
    public void TestAssessRunStatus_WorstOfThoseThatEnded() =>
        Assert.Equal(AnalysisPhase.Failed, Ended(("latency", "F"), new MetricPlan("success-rate")).Phase);

    [Fact]
    public void TestAssessRunStatusErrorMessageAnalysisPhaseFail() =>
        Assert.Equal((AnalysisPhase.Failed, "Metric \"latency\" assessed Failed due to failed (1) > failureLimit (0)"),
            Ended(("latency", "F"), new MetricPlan("success-rate")));

    [Fact]
    public void TestAssessRunStatusErrorMessageFromProvider()
    {
        var run = new AnalysisRun(new AnalysisPlan("", [new MetricPlan("latency") { ConsecutiveErrorLimit = 0 }]), new Script(("latency",
            "E")));
        run.Reconcile(Start);
        Assert.Equal(AnalysisPhase.Error, run.Phase);
        Assert.Equal(
            "Metric \"latency\" assessed Error due to consecutiveErrors (1) > consecutiveErrorLimit (0): \"Error Message: no answer\"",
            run.Message);
    }

    [Fact]
    public void TestAssessRunStatusErrorMessageAnalysisPhaseFailInDryRunMode_DecidesNothing()
    {
        var run = Started(new Script(("latency", "F"), ("success-rate", "S")),
            new MetricPlan("latency") { IsDryRun = true }, new MetricPlan("success-rate"));
        Assert.Equal(AnalysisPhase.Successful, run.Phase);
        Assert.Equal("Metric assessed Failed due to failed (1) > failureLimit (0)", run.Results[0].Message);
    }

    [Fact]
    public void TestAssessRunStatusWithOnlyDryRunMetrics_Successful() => Assert.Equal(AnalysisPhase.Successful,
        Started(new Script(("latency", "F")), new MetricPlan("latency") { IsDryRun = true }).Phase);

    [Fact]
    public void TestCalculateNextReconcileTimeInterval() =>
        Assert.Equal(After(60), Started(new Script(("success-rate", "S")), EachMinute).Next(After(30)));

    [Fact]
    public void TestCalculateNextReconcileTimeInitialDelay()
    {
        var run = Started(new Script(("success-rate", "S"), ("start-delay", "S")), EachMinute,
            EachMinute with { Name = "start-delay", InitialDelay = TimeSpan.FromSeconds(40) });
        Assert.Equal(After(40), run.Next(After(30)));
    }

    [Fact]
    public void TestCalculateNextReconcileTimeNoInterval() =>
        Assert.Null(Started(new Script(("success-rate", "S")), new MetricPlan("success-rate") { Count = 1 }).Next(Start));

    [Fact]
    public void TestCalculateNextReconcileEarliestMetric()
    {
        var run = Started(new Script(("success-rate", "S"), ("latency", "S")),
            EachMinute, new MetricPlan("latency") { Interval = TimeSpan.FromSeconds(40) });
        Assert.Equal(After(40), run.Next(After(30)));
    }

    [Fact]
    public void TestTerminateAnalysisRun_NothingFurtherIsMeasured()
    {
        var script = new Script(("success-rate", "S"));
        var run = Started(script, EachMinute);
        run.Terminate();
        run.Reconcile(After(61));
        Assert.Equal(1, script.Taken("success-rate"));
        Assert.Equal((AnalysisPhase.Successful, "Run Terminated"), (run.Phase, run.Message));
    }

    private static (AnalysisPhase Phase, string Message) Ended((string, string) latency, MetricPlan other)
    {
        var run = Started(new Script(latency, ("success-rate", "S")), new MetricPlan("latency"), other);
        return (run.Phase, run.Message);
    }

    private static AnalysisRun Started(Script script, params MetricPlan[] metrics)
    {
        var run = new AnalysisRun(new AnalysisPlan("", metrics), script);
        run.Reconcile(Start);
        return run;
    }

    private static DateTimeOffset After(int seconds) => Start.AddSeconds(seconds);
}
