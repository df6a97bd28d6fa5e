using System.Net;
using System.Text.Json;
using Bookinfo.Mesh.Istio;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class RulesApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Get_AtTheStart_IsTheRulesWithTheBaseAsYaml()
    {
        using var answer = await _console.Client.GetAsync("/api/rules");

        Assert.Equal("application/yaml", answer.Content.Headers.ContentType!.MediaType);
        var reading = RuleReader.Read(new RuleSource("answer", await answer.Content.ReadAsStringAsync()));
        Assert.False(reading.HasErrors);
        Assert.Equal("reviews", Assert.Single(reading.Rules.VirtualServices).Name);
        Assert.Equal("reviews", Assert.Single(reading.Rules.DestinationRules).Name);
    }

    [Fact]
    public async Task Put_GoodRules_AreInForceWhenItAnswers()
    {
        Assert.Equal("v1", await _console.AskReviewsAsync());

        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("v2", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Get_RouteOfTheGatewayApi_ShowsItsStatus()
    {
        using var put = await _console.SendAsync(HttpMethod.Put, "/api/rules", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: reviews}
            spec:
              parentRefs: [{group: "", kind: Service, name: reviews}]
              rules: [{backendRefs: [{name: nothing, port: 9080}]}]
            """);
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);

        var rules = await _console.Client.GetStringAsync("/api/rules");

        Assert.Contains("reason: BackendNotFound", rules, StringComparison.Ordinal);
        Assert.False(RuleReader.Read(new RuleSource("answer", rules)).HasErrors);
    }

    [Fact]
    public async Task Reset_AfterAChange_PutsTheRulesOfTheStartInForce()
    {
        var start = await _console.Client.GetStringAsync("/api/rules");
        using var put = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));

        using var answer = await _console.Client.PostAsync("/api/reset", null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("v1", await _console.AskReviewsAsync());
        Assert.Equal(start, await _console.Client.GetStringAsync("/api/rules"));
    }

    [Fact]
    public async Task Put_OneBadDocumentAmongGood_ChangesNothingAndTellsWhereItIs()
    {
        var rules =
            $"{RunningConsole.Rule("v2")}\n---\n{RunningConsole.Rule("v1").Replace("hosts:", "hots:", StringComparison.Ordinal).Replace("name: reviews", "name: other", StringComparison.Ordinal)}";

        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", rules);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problems = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("problems");
        Assert.Contains(
            problems.EnumerateArray(),
            problem => problem.GetProperty("line").GetInt32() == 16
                && problem.GetProperty("severity").GetString() == "error"
                && problem.GetProperty("message").GetString()!.Contains("hots", StringComparison.Ordinal));
        Assert.Equal("v1", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Put_WhatIsNoYaml_Answers422()
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", "{[");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n# only a comment\n---\n")]
    public async Task Put_WithoutAnyRule_IsRefused(string body)
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("v1", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Put_NotUtf8_Answers400()
    {
        using var content = new ByteArrayContent([0x61, 0xff, 0xfe]);

        using var answer = await _console.Client.PutAsync("/api/rules", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("UTF-8", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_TooLong_Answers413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/rules");
        request.Content = new ByteArrayContent(new byte[RuleFiles.LargestFile + 1]);
        request.Headers.ExpectContinue = true;

        using var answer = await _console.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Put_SubsetThatDoesNotExist_IsAcceptedAndTold()
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v9"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1", Assert.Single(answer.Headers.GetValues("X-Rules-Warnings")));
        var problems = JsonDocument.Parse(await _console.Client.GetStringAsync("/api/problems")).RootElement;
        Assert.Contains(problems.EnumerateArray(), problem => problem.GetProperty("code").GetString() == "IST0101");
    }

    [Fact]
    public async Task GetProblems_BaseBeneathTheRules_IsNoted()
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));

        var note = Assert.Single(JsonDocument.Parse(await _console.Client.GetStringAsync("/api/problems")).RootElement.EnumerateArray());

        Assert.Equal("note", note.GetProperty("severity").GetString());
        Assert.EndsWith("DestinationRule/reviews", note.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetProblems_AfterAPatch_StillNotesTheBase()
    {
        using var answer = await _console.SendAsync(HttpMethod.Patch, "/api/rules", RunningConsole.Rule("v2"));

        var note = Assert.Single(JsonDocument.Parse(await _console.Client.GetStringAsync("/api/problems")).RootElement.EnumerateArray());

        Assert.EndsWith("DestinationRule/reviews", note.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetProblems_AfterAPatchOfTheBase_NotesItNoMore()
    {
        const string Subsets = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews}
            spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}]}
            """;

        using var answer = await _console.SendAsync(HttpMethod.Patch, "/api/rules", Subsets);

        Assert.Equal("[]", await _console.Client.GetStringAsync("/api/problems"));
    }

    [Fact]
    public async Task Patch_AnotherResource_LeavesTheRestInForce()
    {
        const string Rule = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: ratings
            spec:
              hosts: [reviews.example.com]
              http:
              - directResponse: {status: 200}
            """;

        using var answer = await _console.SendAsync(HttpMethod.Patch, "/api/rules", Rule);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var rules = RuleReader.Read(new RuleSource("answer", await _console.Client.GetStringAsync("/api/rules"))).Rules;
        Assert.Equal(["reviews", "ratings"], rules.VirtualServices.Select(rule => rule.Name));
    }

    [Fact]
    public async Task Patch_TheSameResource_ReplacesIt()
    {
        using var answer = await _console.SendAsync(HttpMethod.Patch, "/api/rules", RunningConsole.Rule("v2"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("v2", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Put_WhileRequestsRun_EachPutIsWhole()
    {
        // Two writers take turns with two good sets and a bad one; whatever is read in between is one of the good ones.
        var writers = Enumerable.Range(0, 2).Select(async writer =>
        {
            for (var i = 0; i < 25; i++)
            {
                using var good = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule(writer == 0 ? "v1" : "v2"));
                using var bad = await _console.SendAsync(HttpMethod.Put, "/api/rules", "kind: Nonsense");
                Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.UnprocessableEntity), (good.StatusCode, bad.StatusCode));
                Assert.Matches("^v[12]$", await _console.AskReviewsAsync());
            }
        });

        await Task.WhenAll(writers);
    }
}
