using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Tests.Rollouts.Reading;

public sealed class RolloutReaderTests
{
    [Fact]
    public void Read_EveryStep_AsWritten()
    {
        var reading = Files.Read(Files.Rollout(
            "[{setWeight: 10}, {pause: {}}, {pause: {duration: 30s}}, {pause: {duration: 5}}, {setCanaryScale: {weight: 50}}, "
            + "{analysis: {templates: [{templateName: success-rate}], args: [{name: version, value: v3}]}}, "
            + "{setHeaderRoute: {name: beta, match: [{headerName: end-user, headerValue: {exact: jason}}]}}, "
            + "{setMirrorRoute: {name: mirror, percentage: 20, match: [{method: {exact: GET}}]}}]"));

        Assert.Empty(reading.Problems);
        Assert.Equal(
            [
                "10 % to the canary", "wait to be promoted", "wait 30 s", "wait 5 s",
                    "50 % of the pods for the canary",
                "measure success-rate", "end-user to the canary, by the route beta", "copy 20 % to the canary, by the route mirror",
            ],
            reading.Rollouts[0].Canary.Steps.Select(step => step.Describe()));
        Assert.Equal(["beta", "mirror"], reading.Rollouts[0].Canary.ManagedRoutes);
    }

    [Theory]
    [InlineData("[{setWeight: 101}]", "rollout.yaml:15:27: Rollout/reviews spec.strategy.canary.steps[0].setWeight: 101 is not a share")]
    [InlineData("[{setwieght: 10}]", "did you mean setWeight?")]
    [InlineData("[{pause: {duration: soon}}]", "\"soon\" is not how long a step may last")]
    [InlineData("[{setWeight: 10, pause: {}}]", "a step does one thing, here are setWeight and pause")]
    [InlineData("[{}]", "a step does something")]
    [InlineData("[{experiment: {}}]", "experiment is not run here: only the two releases of the canary take part")]
    [InlineData("[{setHeaderRoute: {name: other}}]", "the route \"other\" is not among trafficRouting.managedRoutes")]
    [InlineData("[{setMirrorRoute: {name: mirror, match: [{method: {exact: GET, prefix: G}}]}}]", "exactly one of exact, prefix and regex")]
    public void Read_AStepThatIsWrong_SaysWhereAndWhatWouldBeRight(string steps, string expected) =>
        Assert.Contains(expected, string.Join('\n', Files.Read(Files.Rollout(steps)).Problems), StringComparison.Ordinal);

    [Theory]
    [InlineData("apiVersion: argoproj.io/v1\nkind: Rollout\n",
        "1:13: argoproj.io/v1 is not a version of Rollout (write argoproj.io/v1alpha1)")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Rolout\n", "did you mean Rollout?")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\nspec: {strategy: {blueGreen: {}}}\n",
        "blueGreen is not run here: only the strategy canary is")]
    [InlineData("kind: [", "this is not YAML")]
    public void Read_AWholeThatIsWrong_SaysSo(string text, string expected) =>
        Assert.Contains(expected, string.Join('\n', Files.Read(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void Read_OtherKinds_ArePassedOver() =>
        Assert.Empty(Files.Read("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n").Problems);

    [Fact]
    public void Read_ProviderThatIsNotAnswered_RefusedWithTheReason() => Assert.Contains(
        "datadog is not run here: only Prometheus queries are answered",
        string.Join('\n', Files.Read(Files.Template.Replace("prometheus:\n        address", "datadog:\n        address",
            StringComparison.Ordinal)).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void Read_Template_KeepsTextsUntilArgumentsAreThere()
    {
        var metric = Assert.IsType<AnalysisTemplate>(Files.Read(Files.Template).Templates[0]).Metrics[0];
        Assert.Equal(("10s", "2", "spec.metrics[0]"), (metric.Interval, metric.Count, metric.Path));
    }
}
