namespace Bookinfo.Tests.Rollouts.Plans;

/// <summary>
/// What stands in the way of a canary. Names that begin with Test are those of cases of argo-rollouts <c>analysis/analysis_test.go</c>:
/// what ends a run there is found before the start here.
/// </summary>
public sealed class RolloutPlannerTests
{
    private const string Analysis = "analysis: {templates: [{templateName: success-rate}], args: [{name: version, valueFrom: "
        + "{fieldRef: {fieldPath: \"metadata.labels['version']\"}}}]}";

    [Fact]
    public void Plan_ArgumentsOfTheRollout_StandInTheQuery()
    {
        var plan = Files.Good(Files.Rollout("[{setWeight: 10}]", Analysis));
        Assert.Contains("destination_version=\"v3\"", plan.Background!.Metrics[0].Query!.Text, StringComparison.Ordinal);
        Assert.Equal(("reviews", "v1", "v3"), (plan.Releases.Service, plan.Releases.From, plan.Releases.To));
        Assert.Equal(TimeSpan.FromSeconds(10), plan.LongestRange);
    }

    [Theory]
    [InlineData("valueFrom: {podTemplateHashValue: Latest}", "v3")]
    [InlineData("valueFrom: {podTemplateHashValue: Stable}", "v1")]
    [InlineData("value: v2", "v2")]
    [InlineData("valueFrom: {fieldRef: {fieldPath: metadata.name}}", "reviews")]
    public void Plan_ArgumentFromElsewhere_ItsValue(string value, string expected)
    {
        var plan = Files.Good(Files.Rollout("[{analysis: {templates: [{templateName: success-rate}], args: [{name: version, "
            + value + "}]}}]"));
        Assert.Contains($"destination_version=\"{expected}\"", plan.Steps[0].Analysis!.Metrics[0].Query!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interval: 10s", "interval: bad", "\"bad\" is not a duration")]
    [InlineData("count: 2", "count: many", "\"many\" is not a whole number")]
    [InlineData("count: 2", "count: 1\n    failureLimit: 2", "count (1) must be >= failureLimit + consecutiveSuccessLimit (2 + 0)")]
    [InlineData("    interval: 10s\n", "", "interval must be specified when count > 1")]
    [InlineData("result[0] >= 0.95", "result | len()", "pipes")]
    [InlineData("sum(rate(", "avg(rate(", "the function avg at column 1 is not answered here")]
    [InlineData("{{args.version}}", "{{args.release}}", "failed to resolve {{args.release}}")]
    [InlineData("istio_requests_total", "http_requests_total", "the mesh counts no http_requests_total")]
    public void Plan_AMetricThatIsWrong_FoundBeforeTheStart(string right, string wrong, string expected)
    {
        var text = Files.Rollout("[{setWeight: 10}]", Analysis);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var problems = Files.Plan(text.Replace(right, wrong, StringComparison.Ordinal)).Problems;
        Assert.Contains(expected, string.Join('\n', problems), StringComparison.Ordinal);
        Assert.All(problems, problem => Assert.True(problem.Line > 17, problem.ToString()));
    }

    [Fact]
    public void Plan_ArgumentWithoutAValue_SaysWhich() => Assert.Contains("args.version was not resolved", string.Join('\n',
        Files.Plan(Files.Rollout("[{analysis: {templates: [{templateName: success-rate}]}}]")).Problems), StringComparison.Ordinal);

    [Fact]
    public void Plan_TemplateThatIsNotThere_SaysWhatWasMeant() => Assert.Contains("did you mean success-rate?", string.Join('\n',
        Files.Plan(Files.Rollout("[{analysis: {templates: [{templateName: sucess-rate}]}}]")).Problems), StringComparison.Ordinal);

    [Fact]
    public void TestInvalidDryRunConfigThrowsError() => Assert.Contains("dryRun[0]: Rule didn't match any metric name(s)",
        string.Join('\n',
            Files.Plan(Files.Rollout("[{analysis: {templates: [{templateName: success-rate}], dryRun: [{metricName: latency}], "
            + "args: [{name: version, value: v3}]}}]")).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData(", dryRun: [{metricName: \"*\"}]")]
    public void TestResolveMetricArgsUnableToSubstitute(string dryRun) => Assert.Contains("failed to resolve {{args.metric-name}}",
        string.Join('\n', Files.Plan(Files.Rollout("[{analysis: {templates: [{templateName: success-rate}], "
            + $"args: [{{name: version, value: v3}}]{dryRun}}}}}]").Replace("sum(rate(", "{{args.metric-name}}", StringComparison.Ordinal))
            .Problems), StringComparison.Ordinal);

    [Fact]
    public void TestReconcileAnalysisRunInvalid()
    {
        var text = Files.Rollout("[{analysis: {templates: [{templateName: success-rate}], args: [{name: version, value: v3}]}}]");
        var planning = Files.Plan(text[..text.IndexOf("    provider:", StringComparison.Ordinal)]);
        Assert.Null(planning.Plan);
        Assert.Contains("provider", Assert.Single(planning.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NoRollout_SaysWhatToGive() =>
        Assert.Contains("there is no Rollout in it", Assert.Single(Files.Plan(Files.Template).Problems).ToString(),
            StringComparison.Ordinal);
}
