using System.Net;
using System.Net.Http.Json;
using Bookinfo.Mesh.TrafficConsole.Api;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class ResourcesApiTests : IAsyncLifetime
{
    private const string Path = "/api/resources/networking.istio.io/VirtualService/default/reviews";

    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Get_AtTheStart_TellsTheRulesFromTheBase()
    {
        var rules = await GetAsync();

        Assert.Equal(
            [("VirtualService", "default", "reviews", false), ("DestinationRule", "default", "reviews", true)],
            rules.Select(rule => (rule.Kind, rule.Namespace, rule.Name, rule.IsOfTheBase)));
        Assert.All(rules, rule => Assert.Equal("networking.istio.io", rule.Group));
    }

    [Fact]
    public async Task Get_RulesWithComments_AreAsTheyWereWritten()
    {
        const string Odd = "# All to v1.\nkind:   VirtualService\napiVersion: networking.istio.io/v1 # the newest\n"
            + "metadata: {name: reviews}\nspec:\n    hosts: [ reviews ]\n"
            + "    http: [{route: [{destination: {host: reviews, subset: v1}}]}]\n";
        using var put = await _console.SendAsync(HttpMethod.Put, "/api/rules", "---\n" + Odd + "---\n# Another.\n" + Other);

        var rules = await GetAsync();

        Assert.Equal(Odd, rules.Single(rule => rule.Name == "reviews" && rule.Kind == "VirtualService").Text);
        Assert.Equal("# Another.\n" + Other + "\n", rules.Single(rule => rule.Name == "other").Text);
    }

    [Theory]
    [InlineData("""
        {"apiVersion":"networking.istio.io/v1","kind":"VirtualService","metadata":{"name":"reviews"},
        "spec":{"hosts":["reviews"],"http":[{"route":[{"destination":{"host":"reviews","subset":"v1"}}]}]}}
        """)]
    [InlineData("""
        apiVersion: v1
        kind: List
        items:
        - apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata: {name: reviews}
          spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}]}]}
        """)]
    public async Task Get_RuleFromJsonOrAList_IsADocumentOfItsOwn(string text)
    {
        using var put = await _console.SendAsync(HttpMethod.Put, "/api/rules", text);
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);

        var rule = (await GetAsync())[0];

        Assert.StartsWith("apiVersion: networking.istio.io/v1\nkind: VirtualService\n", rule.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_ARule_TakesItOutAndTheHistoryHasAWayBack()
    {
        using var deleted = await _console.SendAsync(HttpMethod.Delete, Path);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(["DestinationRule"], (await GetAsync()).Select(rule => rule.Kind));
        using var undone = await _console.SendAsync(HttpMethod.Post, "/api/history/1/undo");
        Assert.Equal(2, (await GetAsync()).Count);
    }

    [Theory]
    [InlineData("VirtualService/default/nothing", HttpStatusCode.NotFound, "There is no VirtualService nothing in the namespace default;")]
    [InlineData("VirtualService/prod/reviews", HttpStatusCode.NotFound, "There is no VirtualService reviews in the namespace prod;")]
    [InlineData("DestinationRule/default/reviews", HttpStatusCode.Conflict, "DestinationRule/reviews belongs to the base")]
    public async Task Delete_WhatIsNotThereOrOfTheBase_IsRefused(string rule, HttpStatusCode status, string why)
    {
        using var answer = await _console.SendAsync(HttpMethod.Delete, $"/api/resources/networking.istio.io/{rule}");

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await GetAsync()).Count);
    }

    [Fact]
    public async Task Check_Draft_HasItsProblemsInItsLines()
    {
        var problem = Assert.Single(await CheckAsync($"# A draft.\n{RunningConsole.Rule("v9")}"));

        Assert.Equal(("rules.yaml", 10, 44), (problem.File, problem.Line, problem.Column));
        Assert.StartsWith("VirtualService/reviews spec.http[0]", problem.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_DraftThatBreaksAnotherRule_SaysSoWithoutALine()
    {
        var broken = Assert.Single(await CheckAsync("""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: reviews
            spec:
              host: reviews
              subsets:
              - name: v2
                labels: {version: v2}
            """));

        Assert.Equal((0, ""), (broken.Line, broken.File));
        Assert.StartsWith("VirtualService/reviews spec.http[0]", broken.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_UnknownMethod_IsRefused()
    {
        using var answer = await _console.SendAsync(HttpMethod.Post, "/api/rules/check?method=POST", RunningConsole.AllToV1);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private const string Other = """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata:
          name: other
        spec:
          hosts: [example.com]
          ports: [{number: 80, name: http, protocol: HTTP}]
          resolution: DNS
        """;

    private async Task<List<ProblemEntry>> CheckAsync(string draft)
    {
        using var answer = await _console.SendAsync(HttpMethod.Post, "/api/rules/check?method=PATCH", draft);
        return (await answer.Content.ReadFromJsonAsync<List<ProblemEntry>>())!;
    }

    private async Task<List<ResourceView>> GetAsync() => (await _console.Client.GetFromJsonAsync<List<ResourceView>>("/api/resources"))!;
}
