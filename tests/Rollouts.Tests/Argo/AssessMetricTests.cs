using Bookinfo.Mesh.Rollouts.Analysis;
using static Bookinfo.Mesh.Rollouts.Analysis.AnalysisPhase;

namespace Bookinfo.Tests.Rollouts.Argo;

/// <summary>
/// Cases of argo-rollouts <c>analysis/analysis_test.go</c> about one metric. Argo's cases set counters; here measurements come to the same
/// counters: S a success, F a failure, I inconclusive, E an error.
/// </summary>
public sealed class AssessMetricTests
{
    private static readonly MetricPlan Plain = new("success-rate") { Interval = TimeSpan.FromSeconds(60) };
    private static readonly MetricPlan Failures2 = Plain with { FailureLimit = 2 };
    private static readonly MetricPlan Failures3 = Plain with { FailureLimit = 3 };
    private static readonly MetricPlan Row3 = Plain with { FailureLimit = -1, ConsecutiveSuccessLimit = 3 };
    private static readonly MetricPlan Row5 = Plain with { FailureLimit = -1, ConsecutiveSuccessLimit = 5 };
    private static readonly MetricPlan Both = Plain with { FailureLimit = 4, ConsecutiveSuccessLimit = 4 };
    private static readonly MetricPlan Both10 = Both with { Count = 10 };

    public static TheoryData<string, MetricPlan, string, AnalysisPhase, AnalysisPhase> Rows => new()
    {
        { "TestAssessMetricStatusNoMeasurements", Plain, "", Pending, Successful },
        { "TestAssessMetricStatusFailureLimit", Failures2, "FFF", Failed, Failed },
        { "TestAssessMetricStatusFailureLimit", Failures3, "FFF", Running, Successful },
        { "TestAssessMetricStatusConsecutiveSuccessLimit", Row3, "SFFFSSS", Successful, Successful },
        { "TestAssessMetricStatusConsecutiveSuccessLimit", Row5, "SFFFSSS", Running, Successful },
        { "TestAssessMetricStatusConsecutiveSuccessLimit", Row5 with { Count = 7 }, "SFFFSSS", Failed, Failed },
        { "TestAssessMetricStatusConsecutiveSuccessLimit", Row3 with { Count = 7 }, "SFFFSSS", Successful, Successful },
        { "TestAssessMetricStatusConsecutiveSuccessLimit", Row3 with { Count = 9 }, "SFFFSSS", Successful, Successful },
        { "TestAssessMetricStatusConsecutiveSuccessLimit", Row5 with { Count = 9 }, "SFFFSSS", Running, Successful },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both, "SFFFSSS", Running, Successful },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both, "SSSSFFFFF", Failed, Failed },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both, "SFFFSSSS", Successful, Successful },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both, "SFFFFFSSSS", Failed, Failed },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "SSSFFFFSSS", Inconclusive, Inconclusive },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "SSFFFFFSSS", Failed, Failed },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "SSFFFFSSSS", Successful, Successful },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "SFFFFFSSSS", Failed, Failed },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "SSFFFSSS", Running, Successful },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "FFFFFSSS", Failed, Failed },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "SFFFSSSS", Successful, Successful },
        { "TestAssessMetricStatusFailureLimitAndConsecutiveSuccessLimit", Both10, "FFFFFSSSS", Failed, Failed },
        { "TestAssessMetricStatusInconclusiveLimit", Plain with { InconclusiveLimit = 2 }, "III", Inconclusive, Inconclusive },
        { "TestAssessMetricStatusInconclusiveLimit", Plain with { InconclusiveLimit = 3 }, "III", Running, Successful },
        { "TestAssessMetricStatusConsecutiveErrors", Plain, "EEEEE", Error, Error },
        { "TestAssessMetricStatusConsecutiveErrors", Plain, "EEEE", Running, Successful },
        { "TestAssessMetricStatusCountReached", new MetricPlan("success-rate") { Count = 10 }, "SSSSSSSSSS", Successful, Successful },
        { "TestAssessMetricStatusCountReached", new MetricPlan("success-rate") { Count = 10 }, "SSSSSIIIII", Inconclusive, Inconclusive },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_Measurements_PhaseWhileRunningAndAtTheEnd(
        string test, MetricPlan metric, string measurements, AnalysisPhase running, AnalysisPhase terminating)
    {
        Assert.StartsWith("TestAssess", test, StringComparison.Ordinal);
        Assert.Equal(running, Assessment.Of(metric, Result(metric, measurements), terminating: false));
        Assert.Equal(terminating, Assessment.Of(metric, Result(metric, measurements), terminating: true));
    }

    [Theory]
    [InlineData("F", Failed, "failed (1) > failureLimit (0)")]
    [InlineData("I", Inconclusive, "inconclusive (1) > inconclusiveLimit (0)")]
    [InlineData("EEEEE", Error, "consecutiveErrors (5) > consecutiveErrorLimit (4)")]
    public void TestAssessMetricFailureInconclusiveOrError(string measurements, AnalysisPhase phase, string message)
    {
        var metric = new MetricPlan("");
        Assert.Equal((phase, message), Assessment.Against(metric, Result(metric, measurements)));
        Assert.Equal(phase, Assessment.Of(metric, Result(metric, measurements), terminating: true));
    }

    [Theory]
    [InlineData("EEEEE", 5, 5, 0)]
    [InlineData("EEEES", 0, 4, 1)]
    public void TestRunMeasurementsResetConsecutiveErrorCounter(string measurements, int consecutive, int errors, int count)
    {
        var result = Result(Plain, measurements);
        Assert.Equal((consecutive, errors, count), (result.ConsecutiveError, result.Error, result.Count));
    }

    [Fact]
    public void TestTrimMeasurementHistory_KeepsTheNewest()
    {
        var result = Result(Plain, "FFSSSSSSSSSS");
        Assert.Equal(MetricResult.Kept, result.Measurements.Count);
        Assert.All(result.Measurements, measurement => Assert.Equal(Successful, measurement.Phase));
        Assert.Equal(2, result.Failed);
    }

    private static MetricResult Result(MetricPlan metric, string measurements)
    {
        var result = new MetricResult(metric);
        foreach (var sign in measurements)
        {
            result.Add(new Measurement(Script.PhaseOf(sign), DateTimeOffset.UnixEpoch, "99"));
        }

        return result;
    }
}
