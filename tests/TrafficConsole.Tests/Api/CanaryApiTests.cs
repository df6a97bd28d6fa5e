using System.Net;
using System.Text.Json;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class CanaryApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    private static string Rollout(string steps, string condition = "result[0] >= 0.5") => $$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata:
          name: reviews
          labels: {version: v2}
        spec:
          strategy:
            canary:
              trafficRouting:
                istio:
                  virtualService: {name: reviews-delivery, routes: [primary]}
                  destinationRule: {name: reviews-delivery, canarySubsetName: canary, stableSubsetName: stable}
              steps: {{steps}}
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: success}
        spec:
          metrics:
          - name: success-rate
            interval: 1s
            initialDelay: 3s
            failureLimit: 1
            inconclusiveLimit: 100
            successCondition: {{condition}}
            provider:
              prometheus:
                query: >-
                  sum(rate(istio_requests_total{reporter="source",destination_version="v2",response_code!~"5.."}[10s]))
                  / sum(rate(istio_requests_total{reporter="source",destination_version="v2"}[10s]))
        """;

    [Fact]
    public async Task Post_APauseWithoutEnd_TheShareIsInForceAndPromotionEndsIt()
    {
        Assert.Equal("v1", await _console.AskReviewsAsync());
        var started = await PostAsync("?from=v1", Rollout("[{setWeight: 100}, {pause: {}}]"));
        Assert.Equal(HttpStatusCode.OK, started.Status);
        Assert.Equal("Paused", started.Canary.GetProperty("phase").GetString());
        Assert.Equal("v2", await _console.AskReviewsAsync());
        Assert.Contains("\"by\":\"the canary\"", await _console.Client.GetStringAsync(new Uri("/api/history", UriKind.Relative)),
            StringComparison.Ordinal);

        var promoted = await PostAsync("/promote", "");
        Assert.Equal("Healthy", promoted.Canary.GetProperty("phase").GetString());
        Assert.Equal("v2", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Post_Abort_TheStableReleaseHasAllAgainAndRetryBeginsAnew()
    {
        await PostAsync("?from=v1", Rollout("[{setWeight: 100}, {pause: {}}]"));
        Assert.Equal("Degraded", (await PostAsync("/abort", "")).Canary.GetProperty("phase").GetString());
        Assert.Equal("v1", await _console.AskReviewsAsync());
        Assert.Equal("Paused", (await PostAsync("/retry", "")).Canary.GetProperty("phase").GetString());
        Assert.Equal("v2", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Post_MeasurementsFail_RolledBackByItself()
    {
        await PostAsync("?from=v1", Rollout("[{setWeight: 50}, {analysis: {templates: [{templateName: success}]}}]", "result[0] > 1"));
        var canary = await UntilOverAsync();
        Assert.Equal("Degraded", canary.GetProperty("phase").GetString());
        Assert.Contains("failed (2) > failureLimit (1)", canary.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("v1", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Post_TooFewRequests_InconclusiveAndNotFailed()
    {
        await PostAsync("?from=v1",
            Rollout("[{setWeight: 50}, {analysis: {templates: [{templateName: success}]}}]").Replace("inconclusiveLimit: 100",
                "inconclusiveLimit: 0", StringComparison.Ordinal));
        await Eventually.HoldsAsync(async () => (await StateAsync()).GetProperty("phase").GetString() == "Paused",
            "a canary without requests waits");
        var measured = (await StateAsync()).GetProperty("analyses")[0].GetProperty("metrics")[0].GetProperty("measurements")[0];
        Assert.Equal("Inconclusive", measured.GetProperty("phase").GetString());
        Assert.Contains("too few", measured.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RequestsBeforeTheCanary_AreNotJudged()
    {
        await RuleAsync("v2");
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal("v2", await _console.AskReviewsAsync());
        }

        await RuleAsync("v1");
        await PostAsync("?from=v1",
            Rollout("[{setWeight: 50}, {analysis: {templates: [{templateName: success}]}}]", "result[0] > 1").Replace(
                "inconclusiveLimit: 100", "inconclusiveLimit: 0", StringComparison.Ordinal));

        await Eventually.HoldsAsync(async () => (await StateAsync()).GetProperty("phase").GetString() is "Paused" or "Degraded",
            "a canary is judged");
        var measured = (await StateAsync()).GetProperty("analyses")[0].GetProperty("metrics")[0].GetProperty("measurements")[0];
        Assert.Equal(0, measured.GetProperty("requests").GetDouble());
        Assert.Equal("Inconclusive", measured.GetProperty("phase").GetString());
    }

    [Theory]
    [InlineData("", "[{setWeight: 10}]", HttpStatusCode.BadRequest, "from is missing")]
    [InlineData("?from=v9", "[{setWeight: 10}]", HttpStatusCode.UnprocessableEntity, "there is no release v9 of reviews")]
    [InlineData("?from=v1&service=shipping", "[{setWeight: 10}]", HttpStatusCode.UnprocessableEntity, "there is no service shipping")]
    [InlineData("?from=v2", "[{setWeight: 10}]", HttpStatusCode.UnprocessableEntity, "v2 is the release that has the traffic already")]
    [InlineData("?from=v1", "[{setWeight: 110}]", HttpStatusCode.UnprocessableEntity, "110 is not a share")]
    [InlineData("?from=v1&fewestRequests=-1", "[{setWeight: 10}]", HttpStatusCode.BadRequest, "give 0 or more")]
    public async Task Post_CannotBe_SaysWhyAndChangesNothing(string query, string steps, HttpStatusCode status, string reason)
    {
        using var answer = await _console.SendAsync(HttpMethod.Post, $"/api/canary{query}", Rollout(steps));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("v1", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Post_WhileOneIsUnderWay_Conflict()
    {
        await PostAsync("?from=v1", Rollout("[{pause: {}}]"));
        using var answer = await _console.SendAsync(HttpMethod.Post, "/api/canary?from=v1", Rollout("[{pause: {}}]"));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task Promote_NoCanary_Conflict()
    {
        using var answer = await _console.SendAsync(HttpMethod.Post, "/api/canary/promote");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task GetEvents_ACanary_IsPushed()
    {
        await PostAsync("?from=v1", Rollout("[{setWeight: 10}, {pause: {}}]"));
        using var stream = new StreamReader(await _console.Client.GetStreamAsync(new Uri("/api/canary/events", UriKind.Relative)));
        Assert.Equal("event: canary", await stream.ReadLineAsync());
        Assert.Contains("\"phase\":\"Paused\"", await stream.ReadLineAsync(), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    private async Task RuleAsync(string release)
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule(release));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    /// <summary>Asks reviews until the canary is over.</summary>
    private async Task<JsonElement> UntilOverAsync()
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                await _console.AskReviewsAsync();
                return (await StateAsync()).GetProperty("phase").GetString() is "Degraded" or "Healthy";
            },
            "the canary ends");
        return await StateAsync();
    }

    private async Task<JsonElement> StateAsync()
    {
        using var json = JsonDocument.Parse(await _console.Client.GetStringAsync(new Uri("/api/canary", UriKind.Relative)));
        return json.RootElement.GetProperty("canary").Clone();
    }

    private async Task<(HttpStatusCode Status, JsonElement Canary)> PostAsync(string path, string body)
    {
        using var answer = await _console.SendAsync(HttpMethod.Post, $"/api/canary{path}", body);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, json.RootElement.TryGetProperty("canary", out var canary) ? canary.Clone() : json.RootElement.Clone());
    }
}
