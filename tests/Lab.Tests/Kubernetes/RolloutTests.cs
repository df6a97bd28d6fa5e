using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>
/// Canaries as objects: what <c>kubectl apply</c> starts is what the console shows, and the patches of the plugin
/// <c>kubectl argo rollouts</c> steer it (argo-rollouts <c>pkg/kubectl-argo-rollouts/cmd</c>).
/// </summary>
public sealed class RolloutTests : IClassFixture<LabWithKubectl>, IAsyncLifetime
{
    private readonly LabWithKubectl _lab;

    public RolloutTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    private static string File => Repository.PathOf("infra", "rules", "rollouts", "reviews.yaml");

    public async ValueTask InitializeAsync()
    {
        await _lab.RunAsync("delete rollout,analysistemplate --all");
        using var http = Console();
        using var reset = await http.PostAsync("/api/reset", null, TestContext.Current.CancellationToken);
        await _lab.TypeAsync($"apply -f {File}");
        await HasAsync("{.status.phase} {.status.currentStepIndex} {.status.canary.weights.canary.weight} {.status.stableRS}",
            "Paused 1 10 v1");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Apply_Rollout_IsTheCanaryOfTheConsole()
    {
        var canary = (await StateAsync())["canary"]!;

        Assert.Equal(("reviews", "v1", "v3", 10),
            ((string)canary["service"]!, (string)canary["from"]!, (string)canary["to"]!, (int)canary["weight"]!));
        Assert.Equal("90 10", await _lab.TypeAsync("get vs reviews -o 'jsonpath={.spec.http[0].route[*].weight}'"));
        Assert.Matches(@"NAME +DESIRED +CURRENT +UP-TO-DATE +AVAILABLE +AGE\nreviews +2 +1 +2 ",
            await _lab.TypeAsync("get ro"));
    }

    [Fact]
    public async Task Patches_OfThePlugin_SteerTheCanary()
    {
        await PatchStatusAsync("{\"status\":{\"pauseConditions\":null}}");
        await HasAsync("{.status.currentStepIndex} {.status.canary.weights.canary.weight}", "3 25");

        await _lab.TypeAsync("patch ro reviews --type=merge -p '{\"spec\":{\"paused\":true}}'");
        await Eventually.HoldsAsync(async () => ((JsonArray)(await StateAsync())["canary"]!["pauseReasons"]!)
            .Any(reason => (string)reason! == "User"), "it is paused");
        await _lab.TypeAsync("patch ro reviews --type=merge -p '{\"spec\":{\"paused\":false}}'");

        await PatchStatusAsync("{\"status\":{\"abort\":true}}");
        await HasAsync("{.status.phase} {.status.abort} {.status.canary.weights.canary.weight}", "Degraded true 0");
        Assert.Equal("100", await _lab.TypeAsync("get vs reviews -o 'jsonpath={.spec.http[0].route[*].weight}'"));

        await PatchStatusAsync("{\"status\":{\"abort\":false}}");
        await HasAsync("{.status.phase} {.status.currentStepIndex}", "Paused 1");

        await PatchStatusAsync("{\"status\":{\"promoteFull\":true}}");
        await HasAsync("{.status.phase} {.status.stableRS}", "Healthy v3");
    }

    [Fact]
    public async Task Label_OfAnotherRelease_StartsTheNextCanary()
    {
        await PatchStatusAsync("{\"status\":{\"promoteFull\":true}}");
        await HasAsync("{.status.phase} {.status.stableRS}", "Healthy v3");

        await _lab.TypeAsync("label ro reviews version=v2 --overwrite");
        await HasAsync("{.status.phase} {.status.stableRS} {.status.currentPodHash}", "Paused v3 v2");

        await _lab.TypeAsync("label ro reviews version=v3 --overwrite");
        await HasAsync("{.status.phase} {.status.stableRS}", "Healthy v3");
        Assert.Equal("Degraded", (string)(await StateAsync())["canary"]!["phase"]!);
    }

    [Fact]
    public async Task AnalysisRuns_AreWhatTheCanaryMeasures()
    {
        await PatchStatusAsync("{\"status\":{\"pauseConditions\":null}}");
        await HasAsync("{.status.currentStepIndex}", "3");
        await HasAsync("{.status.canary.currentBackgroundAnalysisRunStatus.name}", "reviews-v3-2");

        Assert.Matches(@"NAME +STATUS +AGE\nreviews-v3-2 +Running ", await _lab.TypeAsync("get analysisruns"));
        Assert.Equal("reviews success-rate Background", await _lab.TypeAsync("get ar reviews-v3-2 -o "
            + "'jsonpath={.metadata.ownerReferences[0].name} {.spec.metrics[0].name} {.metadata.labels.rollout-type}'"));
        Assert.Contains("AnalysisRunRunning", await _lab.TypeAsync("describe rollout reviews"), StringComparison.Ordinal);

        await _lab.TypeAsync("patch ar reviews-v3-2 --type=merge -p '{\"spec\":{\"terminate\":true}}'");
        await _lab.HasAsync("ar reviews-v3-2", "{.status.phase}", "Successful");

        await _lab.TypeAsync("delete ro reviews");
        await Eventually.HoldsAsync(async () => await _lab.TypeAsync("get ar -o name") == "", "the AnalysisRun went with its owner");
    }

    [Theory]
    [InlineData("Experiment", "an Experiment is not run here")]
    [InlineData("AnalysisRun", "an AnalysisRun is made by the canary of a Rollout here")]
    public async Task Apply_AKindThatIsNotMade_SaysWhy(string kind, string reason)
    {
        var (code, _, error) = await _lab.RunAsync("apply -f -",
            $"apiVersion: argoproj.io/v1alpha1\nkind: {kind}\nmetadata: {{name: one}}\nspec: {{}}\n");

        Assert.Equal(1, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_OfTheStepAfterTheLast_SkipsAll()
    {
        await PatchStatusAsync("{\"status\":{\"currentStepIndex\":6}}");
        await HasAsync("{.status.phase} {.status.stableRS}", "Healthy v3");
    }

    [Fact]
    public async Task Delete_Rollout_EndsItsCanary()
    {
        await _lab.TypeAsync("delete ro reviews");

        Assert.Equal("the Rollout was deleted", (string)(await StateAsync())["canary"]!["message"]!);
    }

    [Fact]
    public async Task Start_ByTheConsole_IsARollout()
    {
        await _lab.TypeAsync("delete ro,at --all");
        using var http = Console();

        using var content = new StringContent(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
        using var started = await http.PostAsync("/api/canary?from=v1&to=v2", content, TestContext.Current.CancellationToken);

        started.EnsureSuccessStatusCode();
        await HasAsync("{.status.phase} {.status.stableRS} {.status.currentPodHash}", "Paused v1 v2");
        Assert.Contains("analysistemplate.argoproj.io/reviews-success", await _lab.TypeAsync("get at -o name"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strategy: {blueGreen: {}}", "spec.strategy.blueGreen")]
    [InlineData("strategy: {canary: {steps: [{setWieght: 1}]}}", "setWieght")]
    public async Task Apply_WhatIsNotRun_IsDeniedWithThePath(string spec, string expected)
    {
        var (code, _, error) = await _lab.RunAsync("apply -f -",
            $"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {{name: wrong}}\nspec: {{{spec}}}\n");

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_OfAReleaseWithoutPods_Waits()
    {
        await _lab.TypeAsync("label ro reviews version=v9 --overwrite");

        await HasAsync("{.status.phase}: {.status.message}", "Progressing: waits for a pod of reviews v9");
    }

    private HttpClient Console() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://{_lab.Lab.Mesh.Console}"),
    };

    private async Task<JsonNode> StateAsync()
    {
        using var http = Console();
        return (await http.GetFromJsonAsync<JsonNode>("/api/canary", TestContext.Current.CancellationToken))!;
    }

    private Task<string> PatchStatusAsync(string patch) =>
        _lab.TypeAsync($"patch ro reviews --subresource=status --type=merge -p '{patch}'");

    private Task HasAsync(string path, string expected) => _lab.HasAsync("ro reviews", path, expected);
}
