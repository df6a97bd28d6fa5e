using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Tests.Rollouts.Argo;

/// <summary>
/// Cases of argo-rollouts <c>analysis/analysis_test.go</c> about what a run says of its metrics, each with the name of its function there.
/// Argo's summary of dry runs is counted here in the results themselves.
/// </summary>
public sealed class RunStatusTests
{
    private const string RunForeverFailed = "Metric \"run-forever\" assessed Failed due to failed (1) > failureLimit (0)";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData(300)]
    public void TestCalculateNextReconcileUponError(int? interval)
    {
        var run = Run("E", "S", new MetricPlan("run-forever")
        {
            Interval = interval is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        });
        Assert.Equal(Start + AnalysisRun.ErrorRetryInterval, run.Next(Start));
    }

    [Theory]
    [InlineData(60, null, AnalysisPhase.Running)]
    [InlineData(60, 1, AnalysisPhase.Successful)]
    [InlineData(null, 0, AnalysisPhase.Successful)]
    public void TestReconcileAnalysisRunInitial(int? interval, int? count, AnalysisPhase phase)
    {
        var run = Run("S", "S", new MetricPlan("run-forever")
        {
            Interval = interval is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Count = count,
        });

        var result = Assert.Single(run.Results);
        Assert.Equal((phase, phase), (run.Phase, result.Phase));
        Assert.Equal(AnalysisPhase.Successful, Assert.Single(result.Measurements).Phase);
    }

    [Fact]
    public void TestAssessRunStatusErrorMessageFromProviderInDryRunMode()
    {
        var run = Run("S", "F", Dry("run-forever"), Dry("failed-metric"));
        Assert.Equal((AnalysisPhase.Successful, ""), (run.Phase, run.Message));
        Assert.Equal([AnalysisPhase.Successful, AnalysisPhase.Failed], run.Results.Select(result => result.Phase));
    }

    [Fact]
    public void TestAssessRunStatusMultipleFailures()
    {
        var run = Run("F", "F", new MetricPlan("run-forever"), new MetricPlan("failed-metric"));
        Assert.Equal((AnalysisPhase.Failed, RunForeverFailed), (run.Phase, run.Message));
    }

    [Fact]
    public void TestAssessRunStatusMultipleFailuresInDryRunMode()
    {
        var run = Run("F", "F", Dry("run-forever"), Dry("failed-metric"));
        Assert.Equal((AnalysisPhase.Successful, ""), (run.Phase, run.Message));
        Assert.All(run.Results, result => Assert.Equal(AnalysisPhase.Failed, result.Phase));
    }

    [Fact]
    public void TestAssessRunStatusWithMixedMetrics()
    {
        var run = Run("I", "F", new MetricPlan("run-forever"), Dry("failed-metric"));
        Assert.Equal(
            (AnalysisPhase.Inconclusive,
                "Metric \"run-forever\" assessed Inconclusive due to inconclusive (1) > inconclusiveLimit (0)"),
            (run.Phase, run.Message));
    }

    [Fact]
    public void TestAssessRunStatusWorstMessageInReconcileAnalysisRun()
    {
        var run = Run("F", "F", new MetricPlan("run-forever"), new MetricPlan("failed-metric"));
        run.Reconcile(Start.AddMinutes(1));
        Assert.Equal((AnalysisPhase.Failed, RunForeverFailed), (run.Phase, run.Message));
    }

    [Fact]
    public void TestAssessRunStatusWorstMessageInReconcileAnalysisRunInDryRunMode()
    {
        var run = Run("F", "F", Dry("run-forever"), Dry("failed-metric"));
        run.Reconcile(Start.AddMinutes(1));
        Assert.Equal((AnalysisPhase.Successful, ""), (run.Phase, run.Message));
        Assert.All(run.Results, result =>
            Assert.Equal("Metric assessed Failed due to failed (1) > failureLimit (0)", result.Message));
    }

    [Fact]
    public void TestTerminateAnalysisRunInDryRunMode()
    {
        var metric = Dry("run-forever") with { InitialDelay = TimeSpan.FromSeconds(20), Interval = TimeSpan.FromSeconds(20) };
        var run = new AnalysisRun(new AnalysisPlan("", [metric]), new Script(("run-forever", "E")));
        run.Terminate();
        run.Reconcile(Start);
        Assert.Equal((AnalysisPhase.Successful, "Run Terminated"), (run.Phase, run.Message));
    }

    private static MetricPlan Dry(string name) => new(name) { IsDryRun = true };

    private static AnalysisRun Run(string runForever, string failedMetric, params MetricPlan[] metrics)
    {
        var run = new AnalysisRun(new AnalysisPlan("", metrics),
            new Script(("run-forever", runForever), ("failed-metric", failedMetric)));
        run.Reconcile(Start);
        return run;
    }
}
