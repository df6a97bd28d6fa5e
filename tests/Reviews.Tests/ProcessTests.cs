using Bookinfo.Reviews;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Reviews;

/// <summary>The service as a process: how it ends, and how it does not begin.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Sigterm_RequestInFlight_TurnsReadinessOffFinishesItAndExitsWith0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM on Windows");
        var end = new TaskCompletionSource();
        await using var ratings = await StandIn.StartAsync(async context =>
        {
            await end.Task;
            await context.Response.WriteAsync("""{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}""");
        });
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}") };
        await using var service = Start([.. ratings.As("RATINGS"), new("ENABLE_RATINGS", "true"), new("DRAIN_SECONDS", "1"),
            new("SERVICE_VERSION", "v2"), new("ASPNETCORE_URLS", client.BaseAddress.ToString())]);
        await Eventually.HoldsAsync(async () => await ReadinessAsync(client) == 200, "the process is ready");
        var slow = client.GetStringAsync("/reviews/0");
        await ratings.WaitForRequestsAsync(1);

        service.Terminate();
        await Eventually.HoldsAsync(async () => await ReadinessAsync(client) == 503, "not ready while it drains");
        await Eventually.HoldsAsync(async () => await ReadinessAsync(client) == 0, "the port is closed after the drain");
        Assert.False(slow.IsCompleted);
        end.SetResult();

        Assert.Contains("\"stars\":5", await slow, StringComparison.Ordinal);
        Assert.Equal(0, await service.EndsAsync());
    }

    [Fact]
    public async Task Start_WrongSetting_IsOneSentenceAndExitsWith1()
    {
        await using var service = Start([new("ENABLE_RATINGS", "perhaps")]);

        Assert.Equal(1, await service.EndsAsync());
        Assert.Equal("ENABLE_RATINGS is 'perhaps'; it should be true or false.", (service.Output + service.Error).Trim());
    }

    [Fact]
    public async Task Start_PortInUse_EndsInOneSentenceAndExitsWith1()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = Start([new("ASPNETCORE_URLS", $"http://127.0.0.1:{other.Port}")]);

        Assert.Equal(1, await service.EndsAsync());
        Assert.Equal($"Failed to bind to address http://127.0.0.1:{other.Port}: address already in use.", service.Error.Trim());
    }

    private static ChildProcess Start(IEnumerable<KeyValuePair<string, string?>> settings) =>
        ChildProcess.StartDotnet(typeof(ReviewsProgram).Assembly.GetName().Name!, [], settings);

    /// <summary>The status of the readiness probe; 0 where nothing listens.</summary>
    private static async Task<int> ReadinessAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
