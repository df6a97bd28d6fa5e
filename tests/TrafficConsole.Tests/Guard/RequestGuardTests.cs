using System.Net;

namespace Bookinfo.Tests.TrafficConsole.Guard;

public sealed class RequestGuardTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    private string Authority => _console.Client.BaseAddress!.Authority;

    private int Port => _console.Client.BaseAddress!.Port;

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("/api/rules")]
    [InlineData("/api/traffic")]
    [InlineData("/api/topology")]
    public async Task Get_NameThatWasReboundToUs_IsRefused(string path)
    {
        using var answer = await _console.SendAsync(HttpMethod.Get, path, null, ("Host", $"evil.example:{Port}"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("console.example")]
    public async Task Get_NameOfOurs_IsLetThrough(string host)
    {
        using var answer = await _console.SendAsync(HttpMethod.Get, "/api/rules", null, ("Host", $"{host}:{Port}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Get_AddressOfAnotherMachine_IsRefused()
    {
        using var answer = await _console.SendAsync(HttpMethod.Get, "/api/rules", null, ("Host", "192.0.2.1"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task Put_OriginOfAnotherSite_IsRefusedAndChangesNothing(string origin)
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"), ("Origin", origin));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("v1", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Put_OwnOrigin_IsLetThrough()
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"),
            ("Origin", $"http://{Authority}"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.NoContent)]
    [InlineData("none", HttpStatusCode.NoContent)]
    public async Task Put_FetchSiteWithoutOrigin_Decides(string site, HttpStatusCode expected)
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"), ("Sec-Fetch-Site", site));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("PATCH", "/api/rules")]
    [InlineData("PUT", "/api/pods/reviews-v2-1/fault")]
    [InlineData("DELETE", "/api/pods/reviews-v2-1/fault")]
    public async Task AnyChange_OriginOfAnotherSite_IsRefused(string method, string path)
    {
        using var answer = await _console.SendAsync(new HttpMethod(method), path, null, ("Origin", "http://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_console.V2.Requests);
    }
}
