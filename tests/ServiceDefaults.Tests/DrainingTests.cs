using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class DrainingTests
{
    [Fact]
    public async Task Stop_WhileDraining_IsNotReadyYetAnswersThenFinishesWhatRuns()
    {
        var time = new ManualClock();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var service = await TestService.StartAsync(
            app =>
            {
                app.MapGet("/quick", context => context.Response.WriteAsync("quick"));
                app.MapGet("/slow", async context =>
                {
                    begun.SetResult();
                    await end.Task;
                    await context.Response.WriteAsync("slow");
                });
            },
            time: time,
            settings: ("DRAIN_SECONDS", "5"));
        var slow = service.GetAsync("/slow");
        await begun.Task;

        var stopping = service.StopAsync();
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(5));

        Assert.Equal((503, "Unhealthy"), await service.GetAsync("/health/ready"));
        Assert.Equal(200, (await service.GetAsync("/health/live")).Status);
        using (var answer = await service.Client.GetAsync("/quick"))
        {
            Assert.Equal("quick", await answer.Content.ReadAsStringAsync());
            Assert.True(answer.Headers.ConnectionClose);
        }

        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.HoldsAsync(async () => await IsClosedAsync(service), "the listener is closed");
        Assert.False(stopping.IsCompleted);
        Assert.False(slow.IsCompleted);
        end.SetResult();

        Assert.Equal((200, "slow"), await slow);
        await stopping;
    }

    private static async Task<bool> IsClosedAsync(RunningService service)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        try
        {
            await socket.ConnectAsync(service.Address.Host, service.Address.Port);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}
