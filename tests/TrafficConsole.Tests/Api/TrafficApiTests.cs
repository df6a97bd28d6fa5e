using System.Text.Json;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class TrafficApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Get_AfterRequestsToTwoReleases_HasAnEntryForEach()
    {
        await AskAsync(3);
        using var shifted = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));
        await AskAsync(1);

        var entries = JsonDocument.Parse(await _console.Client.GetStringAsync("/api/traffic")).RootElement.EnumerateArray().ToList();

        Assert.Equal(2, entries.Count);
        var v1 = entries.Single(entry => entry.GetProperty("release").GetString() == "v1");
        Assert.Equal("reviews-v1", v1.GetProperty("caller").GetString());
        Assert.Equal("reviews", v1.GetProperty("destination").GetString());
        Assert.Equal(3, v1.GetProperty("requests").GetInt32());
        Assert.Equal(0.75, v1.GetProperty("share").GetDouble());
        Assert.Equal(0, v1.GetProperty("errors").GetInt32());
        Assert.True(v1.GetProperty("p50").GetDouble() <= v1.GetProperty("p99").GetDouble());
    }

    [Fact]
    public async Task Get_ReleaseThatFails_CountsItsErrors()
    {
        _console.V2.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        using var shifted = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));
        await AskAsync(2);

        var entry = Assert.Single(JsonDocument.Parse(await _console.Client.GetStringAsync("/api/traffic")).RootElement.EnumerateArray());

        Assert.Equal(2, entry.GetProperty("errors").GetInt32());
    }

    private async Task AskAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _console.AskReviewsAsync();
        }
    }
}
