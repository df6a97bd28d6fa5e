using System.Net.Http.Json;
using Bookinfo.Mesh.TrafficConsole.Api;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class RequestsApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Get_MoreRequestsThanAreKept_AreTheLastOfEachRelease()
    {
        await _console.AskReviewsAsync();
        using var put = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));
        for (var i = 0; i < 5; i++)
        {
            await _console.AskReviewsAsync();
        }

        var requests = await GetAsync("");

        Assert.Equal(["v2", "v2", "v2", "v1"], requests.Select(request => request.Release));
        Assert.Equal(requests.OrderByDescending(request => request.At), requests);
        Assert.All(requests, request => Assert.Equal(
            ("reviews-v1", "reviews", "GET", "/", 200, "", 1),
            (request.Caller, request.Service, request.Method, request.Target, request.Status, request.Flags, request.Attempts)));
        Assert.Equal(4, requests.Select(request => request.Id).Where(id => id.Length > 0).Distinct().Count());
    }

    [Fact]
    public async Task Get_OfOneRelease_LeavesOutTheOthers()
    {
        await _console.AskReviewsAsync();
        using var put = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));
        await _console.AskReviewsAsync();

        Assert.Equal("v1", Assert.Single(await GetAsync("?service=reviews&release=v1")).Release);
        Assert.Equal(2, (await GetAsync("?caller=reviews-v1")).Count);
        Assert.Empty(await GetAsync("?caller=productpage-v1"));
    }

    [Fact]
    public async Task Get_RequestThatTheMeshAnswered_HasItsFlag()
    {
        using var put = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v1") + """

                fault:
                  abort: {httpStatus: 418, percentage: {value: 100}}
            """);
        await _console.AskReviewsAsync();

        var request = Assert.Single(await GetAsync(""));

        Assert.Equal((418, "FI", "unknown", 0), (request.Status, request.Flags, request.Release, request.Attempts));
    }

    private async Task<List<RequestView>> GetAsync(string query) =>
        (await _console.Client.GetFromJsonAsync<List<RequestView>>($"/api/requests{query}"))!;
}
