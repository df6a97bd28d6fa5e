using System.Net;
using System.Text.Json;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class FaultApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Put_Fault_ReachesThePodsOwnSwitch()
    {
        var (method, path, body) = ("", "", "");
        _console.V2.Answer = async context =>
        {
            (method, path) = (context.Request.Method, context.Request.Path.Value!);
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.StatusCode = 204;
        };

        using var answer = await SendAsync(HttpMethod.Put, "reviews-v2-1", """{"percent":50,"status":500,"delayMilliseconds":20}""");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(("PUT", "/fault"), (method, path));
        var fault = JsonDocument.Parse(body).RootElement;
        Assert.Equal((50, 500, 20),
            (fault.GetProperty("percent").GetInt32(), fault.GetProperty("status").GetInt32(),
                fault.GetProperty("delayMilliseconds").GetInt32()));
    }

    [Fact]
    public async Task Delete_Fault_HealsThePod()
    {
        var method = "";
        _console.V2.Answer = context =>
        {
            method = context.Request.Method;
            return Task.CompletedTask;
        };

        using var answer = await SendAsync(HttpMethod.Delete, "reviews-v2-1");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("DELETE", method);
    }

    [Fact]
    public async Task Put_UnknownPod_Answers404()
    {
        using var answer = await SendAsync(HttpMethod.Put, "reviews-v9-1", "{}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Put_PodWithoutSwitch_Answers409()
    {
        _console.V2.Answer = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };

        using var answer = await SendAsync(HttpMethod.Put, "reviews-v2-1", "{}");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task Put_PodThatIsGone_Answers502()
    {
        await _console.V2.DisposeAsync();

        using var answer = await SendAsync(HttpMethod.Put, "reviews-v2-1", "{}");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string pod, string? json = null) =>
        _console.Client.SendAsync(new HttpRequestMessage(method, $"/api/pods/{pod}/fault")
        {
            Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
        });
}
