using System.Net;
using System.Text.Json;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class HistoryApiTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task Undo_LastChange_PutsTheRulesBeforeItInForce()
    {
        await PutAsync(RunningConsole.Rule("v1"));
        await PutAsync(RunningConsole.Rule("v2"));
        var change = (await HistoryAsync())[0];
        Assert.Equal("reviews: all to v2", change.GetProperty("what").GetString());
        Assert.Equal("the API", change.GetProperty("by").GetString());

        using var answer = await console.SendAsync(HttpMethod.Post, $"/api/history/{change.GetProperty("number").GetInt64()}/undo");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("v1", await console.AskReviewsAsync());
        Assert.Equal("undone: reviews: all to v2", (await HistoryAsync())[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task Undo_OlderChange_GoesBackToBeforeIt()
    {
        await PutAsync(RunningConsole.Rule("v2"));
        await PutAsync(RunningConsole.Rule("v1"));
        var number = (await HistoryAsync())[0].GetProperty("number").GetInt64();
        await PutAsync(RunningConsole.Rule("v2"));
        await PutAsync(RunningConsole.Rule("v1"));

        using var answer = await console.SendAsync(HttpMethod.Post, $"/api/history/{number}/undo");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("v2", await console.AskReviewsAsync());
    }

    [Fact]
    public async Task Undo_UnknownNumber_IsNotFound()
    {
        using var answer = await console.SendAsync(HttpMethod.Post, "/api/history/4711/undo");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no change 4711", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_FromThePage_SaysSo()
    {
        await PutAsync(RunningConsole.Rule("v1"), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal("the console", (await HistoryAsync())[0].GetProperty("by").GetString());
    }

    [Fact]
    public async Task Change_Refused_IsNotInTheHistory()
    {
        await PutAsync(RunningConsole.Rule("v1"));
        var before = (await HistoryAsync())[0].GetProperty("number").GetInt64();
        using var refused = await console.SendAsync(HttpMethod.Put, "/api/rules", "kind: Nonsense");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(before, (await HistoryAsync())[0].GetProperty("number").GetInt64());
    }

    private async Task<IReadOnlyList<JsonElement>> HistoryAsync()
    {
        using var document = JsonDocument.Parse(await console.Client.GetStringAsync("/api/history"));
        return [.. document.RootElement.EnumerateArray().Select(change => change.Clone())];
    }

    private async Task PutAsync(string yaml, params (string Name, string Value)[] headers)
    {
        using var response = await console.SendAsync(HttpMethod.Put, "/api/rules", yaml, headers);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
