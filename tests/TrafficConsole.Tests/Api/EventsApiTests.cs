using System.Net;
using System.Text;
using System.Text.Json;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class EventsApiTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task Watch_TwoWatchers_SeeTheSameChange()
    {
        await PutAsync(RunningConsole.Rule("v1"));
        await using var one = await Watcher.OpenAsync(console.Client);
        await using var other = await Watcher.OpenAsync(console.Client);
        Assert.Equal("v1", Asked(await one.NextAsync(state => Asked(state) == "v1")));
        Assert.Equal("v1", Asked(await other.NextAsync(state => Asked(state) == "v1")));

        await PutAsync(RunningConsole.Rule("v2"));

        var seen = await one.NextAsync(state => Asked(state) == "v2");
        var alike = await other.NextAsync(state => Asked(state) == "v2");
        Assert.Equal(seen.GetProperty("revision").GetInt64(), alike.GetProperty("revision").GetInt64());
        Assert.Equal("reviews: all to v2", seen.GetProperty("history")[0].GetProperty("what").GetString());
    }

    [Fact]
    public async Task Watch_Requests_AreCountedOnTheirEdge()
    {
        await PutAsync(RunningConsole.Rule("v2"));
        for (var i = 0; i < 4; i++)
        {
            await console.AskReviewsAsync();
        }

        await using var watcher = await Watcher.OpenAsync(console.Client);
        var state = await watcher.NextAsync(state => state.GetProperty("edges").GetArrayLength() > 0);

        var edge = Assert.Single(state.GetProperty("edges").EnumerateArray());
        Assert.Equal("reviews-v1", edge.GetProperty("caller").GetString());
        Assert.Equal("v2", edge.GetProperty("release").GetString());
        var figures = edge.GetProperty("sinceChange");
        Assert.Equal(4, figures.GetProperty("requests").GetInt64());
        Assert.Equal(1, figures.GetProperty("share").GetDouble());

        // Wilson's interval of 4 of 4: 1 / (1 + z² / 4), z = 1.96.
        Assert.Equal(0.510, figures.GetProperty("low").GetDouble(), 3);
    }

    [Fact]
    public async Task Watch_RuleOfAnotherName_IsNamed()
    {
        await PutAsync(RunningConsole.Rule("v2").Replace("name: reviews", "name: canary", StringComparison.Ordinal));
        await using var watcher = await Watcher.OpenAsync(console.Client);

        var state = await watcher.NextAsync(state => Asked(state) == "v2");

        Assert.Equal("default/canary", state.GetProperty("services")[0].GetProperty("rule").GetString());
    }

    private static string? Asked(JsonElement state) =>
        state.GetProperty("services")[0].GetProperty("asked") is { ValueKind: JsonValueKind.Array } asked
            ? asked[0].GetProperty("release").GetString()
            : null;

    private async Task PutAsync(string yaml)
    {
        using var response = await console.SendAsync(HttpMethod.Put, "/api/rules", yaml);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>Reads server-sent events as a browser does.</summary>
    private sealed class Watcher(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<Watcher> OpenAsync(HttpClient client)
        {
            var response = await client.GetAsync(
                "/api/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new Watcher(response, new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8));
        }

        public async Task<JsonElement> NextAsync(Predicate<JsonElement> fits)
        {
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    using var document = JsonDocument.Parse(line["data: ".Length..]);
                    if (fits(document.RootElement))
                    {
                        return document.RootElement.Clone();
                    }
                }
            }

            throw new EndOfStreamException("The console closed the stream of events.");
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
