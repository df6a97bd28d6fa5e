using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class ExplainApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Post_RequestOfACaller_TellsItsRuleAndDestinationAndSendsNothing()
    {
        using var shifted = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));

        using var answer = await AskAsync(new { from = "reviews-v1", url = "http://reviews:9080/reviews/0" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var explanation = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("Taken", explanation.GetProperty("rules")[0].GetProperty("verdict").GetString());
        Assert.Equal("v2", explanation.GetProperty("destinations")[0].GetProperty("subset").GetString());
        Assert.Empty(_console.V2.Requests);
    }

    [Fact]
    public async Task Post_PlainTextAccepted_IsLinesForATerminal()
    {
        using var answer = await AskAsync(new { from = "reviews-v1", url = "http://reviews:9080/" }, "text/plain");

        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("VirtualService/reviews", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "http://reviews:9080/", "known are reviews-v1-1")]
    [InlineData("reviews-v1", "/reviews", "is not an absolute http URL")]
    public async Task Post_QuestionThatHasNoAnswer_Is400AndSaysWhy(string from, string url, string expected)
    {
        using var answer = await AskAsync(new { from, url });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString();
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", problem, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> AskAsync(object question, string accept = "application/json") => _console.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/api/explain")
        {
            Content = JsonContent.Create(question),
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue(accept) } }
        });
}
