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
        await using var service = ServiceProcessUnderTest.Start(
            typeof(ReviewsProgram), [.. ratings.As("RATINGS"), new("ENABLE_RATINGS", "true"), new("DRAIN_SECONDS", "1"),
                new("SERVICE_VERSION", "v2")]);
        await service.WaitUntilReadyAsync();
        var slow = service.Client.GetStringAsync("/reviews/0");
        await ratings.WaitForRequestsAsync(1);

        service.Terminate();
        await Eventually.HoldsAsync(async () => await service.ReadinessAsync() == 503, "not ready while it drains");
        await Eventually.HoldsAsync(async () => await service.ReadinessAsync() == 0, "the port is closed after the drain");
        Assert.False(slow.IsCompleted);
        end.SetResult();

        Assert.Contains("\"stars\":5", await slow, StringComparison.Ordinal);
        Assert.Equal(0, await service.WaitForExitAsync());
    }

    [Fact]
    public async Task Start_WrongSetting_IsOneSentenceAndExitsWith1()
    {
        await using var service = ServiceProcessUnderTest.Start(typeof(ReviewsProgram), [new("ENABLE_RATINGS", "perhaps")]);

        Assert.Equal(1, await service.WaitForExitAsync());
        Assert.Equal("ENABLE_RATINGS is 'perhaps'; it should be true or false.", service.Output.Trim());
    }

    [Fact]
    public async Task Start_PortInUse_EndsInOneSentenceAndExitsWith1()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service =
            ServiceProcessUnderTest.Start(typeof(ReviewsProgram), [new("ASPNETCORE_URLS", $"http://127.0.0.1:{other.Port}")]);

        Assert.Equal(1, await service.WaitForExitAsync());
        Assert.Equal($"Failed to bind to address http://127.0.0.1:{other.Port}: address already in use.", service.Error.Trim());
    }
}
