using System.Text.Json.Nodes;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Lab.Canary;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Reading;
using Bookinfo.Mesh.Rollouts.Simulation;

namespace Bookinfo.Tests.Lab.Canary;

/// <summary>What is said of files as people have them, by simulations with a fixed seed.</summary>
public sealed class SimulationReportTests
{
    private const string Analysis = "{analysis: {templates: [{templateName: success}]}}";

    [Fact]
    public void Write_AFileThatMeasuresNothing_SaysSo() => Assert.Contains("Nothing is measured",
        Text("[{setWeight: 10}, {pause: {duration: 1m}}]"), StringComparison.Ordinal);

    [Fact]
    public void Write_AStepThatWaits_IsNamedUnlessItIsPromoted()
    {
        const string Steps = $"[{{setWeight: 50}}, {{pause: {{duration: 1m}}}}, {{pause: {{}}}}, {Analysis}]";

        Assert.Contains("Step 3 waits for a person", Text(Steps), StringComparison.Ordinal);
        var promoted = Text(Steps, promotes: true);
        Assert.DoesNotContain("waits for a person (pause", promoted, StringComparison.Ordinal);
        Assert.Matches("promoted +20 \\(100.0 %\\) +0 \\(0.0 %\\)", promoted);
    }

    [Fact]
    public void Write_AQueryThatFindsNothing_SaysWhichLabelsThereAre()
    {
        var text = Text($"[{{setWeight: 50}}, {{pause: {{duration: 1m}}}}, {Analysis}]", service: "shop-other");

        Assert.Contains("success: 100.0 % of the measurements find no sample.", text, StringComparison.Ordinal);
        Assert.Contains("destination_service_name=\"shop-canary\"", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Write_HardlyAnyRequests_SaysWhatHelps() => Assert.Contains(
        "success: 100.0 % of the measurements of a good release are inconclusive.",
        Text($"[{{setWeight: 1}}, {{pause: {{duration: 1m}}}}, {Analysis}]", rate: 5, threshold: "1.1").ReplaceLineEndings(" "),
        StringComparison.Ordinal);

    [Fact]
    public void ToFile_Json_HasTheFiguresAndTheFindings()
    {
        var (plan, options, result) = Simulate($"[{{setWeight: 50}}, {{pause: {{duration: 1m}}}}, {Analysis}]");

        var json = JsonNode.Parse(SimulationReport.ToFile(plan, options, result, "report.json"))!;

        Assert.Equal((20, 20), ((int)json["good"]!["promoted"]!, (int)json["bad"]!["rolledBack"]!));
        Assert.Equal("success", (string)json["bad"]!["metrics"]![0]!["name"]!);
        Assert.Equal("A good release is stopped 0.0 % of the time; a bad one passes 0.0 % of it.", (string)json["findings"]![0]!);
    }

    [Fact]
    public void ToFile_Markdown_IsATable() => Assert.Contains("| promoted | 20 (100.0 %) | 0 (0.0 %) |",
        Simulate($"[{{setWeight: 50}}, {{pause: {{duration: 1m}}}}, {Analysis}]") is var (plan, options, result)
            ? SimulationReport.ToFile(plan, options, result, "report.md") : "", StringComparison.Ordinal);

    private static string Text(
        string steps, bool promotes = false, string service = "shop-canary", double rate = 50, string threshold = "0.95")
    {
        var (plan, options, result) = Simulate(steps, promotes, service, rate, threshold);
        return string.Join('\n', SimulationReport.Write(plan, options, result));
    }

    private static (RolloutPlan Plan, SimulationOptions Options, SimulationResult Result) Simulate(
        string steps, bool promotes = false, string service = "shop-canary", double rate = 50, string threshold = "0.95")
    {
        const string Query = "sum(rate(istio_requests_total{destination_service_name='SERVICE'CODE}[1m]))";
        var good = Query.Replace("SERVICE", service, StringComparison.Ordinal).Replace("CODE", ",response_code!~'5..'",
            StringComparison.Ordinal);
        var all = Query.Replace("SERVICE", service, StringComparison.Ordinal).Replace("CODE", "", StringComparison.Ordinal);
        var text = $$"""
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: shop}
            spec:
              strategy:
                canary:
                  canaryService: shop-canary
                  stableService: shop-stable
                  trafficRouting:
                    istio:
                      virtualService: {name: shop}
                  steps: {{steps}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: AnalysisTemplate
            metadata: {name: success}
            spec:
              metrics:
              - name: success
                successCondition: result[0] >= {{threshold}}
                provider:
                  prometheus:
                    query: {{good}} / {{all}}
            """;
        var planning = RolloutPlanner.Plan(RolloutReader.Read(new RuleSource("shop.yaml", text)), "shop.yaml", "v1", isSimulated: true);
        Assert.Empty(planning.Problems);
        var options = new SimulationOptions { Runs = 20, Rate = rate, Promotes = promotes };
        return (planning.Plan!, options, new Simulator(planning.Plan!, options).Run(TestContext.Current.CancellationToken));
    }
}
