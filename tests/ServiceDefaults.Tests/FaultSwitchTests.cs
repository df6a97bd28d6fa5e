using System.Text;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class FaultSwitchTests
{
    [Fact]
    public async Task Put_Fault_BreaksThePodButNotItsProbesUntilDeleted()
    {
        await using var service = await StartAsync();
        Assert.Equal((200, """{"percent":0,"status":0,"delayMilliseconds":0}"""), await service.GetAsync("/fault"));

        Assert.Equal((200, """{"percent":100,"status":503,"delayMilliseconds":0}"""),
            await PutAsync(service, """{"percent":100,"status":503}"""));

        Assert.Equal((503, """{"error":"fault switch"}"""), await service.GetAsync("/x"));
        Assert.Equal(503, (await service.GetAsync("/nowhere")).Status);
        foreach (var probe in (string[])["/health", "/health/live", "/health/ready", "/health/startup", "/fault"])
        {
            Assert.Equal(200, (await service.GetAsync(probe)).Status);
        }

        Assert.Equal(200, (await service.SendAsync("DELETE", "/fault")).Status);
        Assert.Equal((200, "x"), await service.GetAsync("/x"));
    }

    [Fact]
    public async Task Put_Percent_BreaksThatShare()
    {
        await using var service = await StartAsync(random: new ScriptedRandom(0.29, 0.3, 0.99, 0));
        await PutAsync(service, """{"percent":30,"status":500}""");

        Assert.Equal(500, (await service.GetAsync("/x")).Status);
        Assert.Equal(200, (await service.GetAsync("/x")).Status);
        Assert.Equal(200, (await service.GetAsync("/x")).Status);
        Assert.Equal(500, (await service.GetAsync("/x")).Status);
    }

    [Theory]
    [InlineData(0, 200, "x")]
    [InlineData(504, 504, """{"error":"fault switch"}""")]
    public async Task Put_Delay_WaitsFirst(int status, int expected, string body)
    {
        var time = new ManualClock();
        await using var service = await StartAsync(time);
        await PutAsync(service, $$"""{"status":{{status}},"delayMilliseconds":1500}""");

        var asking = service.GetAsync("/x");
        await time.WaitForTimerAsync(TimeSpan.FromMilliseconds(1500));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal((expected, body), await asking);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"percent":101}""")]
    [InlineData("""{"percent":-1}""")]
    [InlineData("""{"percent":"all"}""")]
    [InlineData("""{"status":200}""")]
    [InlineData("""{"status":503.5}""")]
    [InlineData("""{"status":600}""")]
    [InlineData("""{"delayMilliseconds":-1}""")]
    [InlineData("""{"delayMilliseconds":1e9}""")]
    [InlineData("""{"delay":1}""")]
    public async Task Put_SomethingElse_Is400AndBreaksNothing(string body)
    {
        await using var service = await StartAsync();

        Assert.Equal(400, (await PutAsync(service, body)).Status);
        Assert.Equal((200, "x"), await service.GetAsync("/x"));
    }

    [Fact]
    public async Task Put_SwitchNotThere_Is404()
    {
        await using var service = await TestService.StartAsync();

        Assert.Equal(404, (await PutAsync(service, "{}")).Status);
    }

    private static async Task<(int Status, string Body)> PutAsync(RunningService service, string json)
    {
        using var answer = await service.Client.PutAsync("/fault", new StringContent(json, Encoding.UTF8, "application/json"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<RunningService> StartAsync(TimeProvider? time = null, Random? random = null) => TestService.StartAsync(
        app =>
        {
            app.MapGet("/x", context => context.Response.WriteAsync("x"));
            app.MapGet("/health", context => context.Response.WriteAsync("healthy"));
        },
        time: time,
        services: services => services.AddSingleton(random ?? new Random(1)),
        settings: ("FAULT_SWITCH", "true"));
}
