using System.Net;

namespace Bookinfo.Tests.TrafficConsole.Guard;

/// <summary>A console on every address asks for its token.</summary>
public sealed class TokenGuardTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new() { Address = IPAddress.Any };

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/live")]
    [InlineData("GET", "/console.js")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/api/rules")]
    [InlineData("GET", "/api/events")]
    [InlineData("PUT", "/api/rules")]
    [InlineData("POST", "/api/reset")]
    [InlineData("GET", "/api/rules?token=")]
    [InlineData("GET", "/?token=0123456789abcdef0123456789abcdef")]
    public async Task Request_WithoutTheToken_Is401(string method, string path)
    {
        using var answer = await _console.SendAsync(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Contains("Authorization: Bearer", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WithoutTheToken_ChangesNothing()
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"));

        Assert.Equal("v1", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Put_Bearer_IsLetThrough()
    {
        using var answer = await _console.SendAsync(HttpMethod.Put, "/api/rules", RunningConsole.Rule("v2"),
            ("Authorization", $"Bearer {_console.Token}"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("v2", await _console.AskReviewsAsync());
    }

    [Theory]
    [InlineData("Bearer 0123456789abcdef0123456789abcdef")]
    [InlineData("Bearer")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Get_AnotherAuthorization_Is401(string authorization)
    {
        using var answer = await _console.SendAsync(HttpMethod.Get, "/api/rules", null, ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Get_LinkOfTheStart_SignsTheBrowserIn()
    {
        using var browser = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _console.Client.BaseAddress };

        using var page = await browser.GetAsync(new Uri($"/?token={_console.Token}", UriKind.Relative),
            TestContext.Current.CancellationToken);
        using var api = await browser.GetAsync(new Uri("/api/rules", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, api.StatusCode);
    }

    [Fact]
    public async Task Get_LinkOfTheStart_SetsACookieThatScriptsCannotRead()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        using var answer = await client.GetAsync(new Uri(_console.Client.BaseAddress!, $"/?token={_console.Token}"),
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"bookinfo-console-{_console.Client.BaseAddress!.Port}={_console.Token}; path=/; samesite=lax; httponly",
            Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    [Fact]
    public async Task Get_Health_NeedsNoToken()
    {
        using var answer = await _console.SendAsync(HttpMethod.Get, "/health");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Start_OnLoopback_HasNoToken()
    {
        await using var console = new RunningConsole();
        await console.InitializeAsync();

        Assert.Null(console.Token);
    }
}
