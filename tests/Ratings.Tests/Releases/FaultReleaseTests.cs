using Bookinfo.ServiceDefaults;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Ratings.Releases;

public sealed class FaultReleaseTests
{
    private static readonly (int, string) Fine = (200, """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}""");
    private static readonly (int, string) Unavailable = (503, """{"error":"Service unavailable"}""");
    private static readonly (int, string) Healthy = (200, """{"status":"Ratings is healthy"}""");
    private static readonly (int, string) NotHealthy = (500, """{"status":"Ratings is not healthy"}""");

    [Fact]
    public async Task Faulty_EachGet_IsDecidedByChanceOnItsOwn()
    {
        await using var service = await RatingsService.StartAsync("v-faulty", random: new ScriptedRandom(0.49, 0.5, 0, 0.99));

        Assert.Equal(Unavailable, await service.GetAsync("/ratings/0"));
        Assert.Equal(Fine, await service.GetAsync("/ratings/0"));
        Assert.Equal(Unavailable, await service.GetAsync("/ratings/0"));
        Assert.Equal(Fine, await service.GetAsync("/ratings/0"));
        Assert.Equal(Healthy, await service.GetAsync("/health"));
    }

    [Fact]
    public async Task Faulty_ThousandGets_FailAboutHalf()
    {
        await using var service = await RatingsService.StartAsync("v-faulty", random: new Random(20260822));
        var failed = 0;

        for (var i = 0; i < 1000; i++)
        {
            failed += await service.GetAsync("/ratings/0") == Unavailable ? 1 : 0;
        }

        // 99.9 % interval of a binomial (1000, 0.5).
        Assert.InRange(failed, 448, 552);
    }

    [Fact]
    public async Task Delayed_LowDraw_AnswersAfterSevenSeconds()
    {
        var time = new ManualClock();
        await using var service = await RatingsService.StartAsync("v-delayed", time, new ScriptedRandom(0.49, 0.5));

        var slow = service.GetAsync("/ratings/0");
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(Fine, await service.GetAsync("/ratings/0"));
        time.Advance(TimeSpan.FromSeconds(6.999));
        Assert.False(slow.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(Fine, await slow);
    }

    [Fact]
    public async Task Unavailable_TogglesEverySixtySeconds_HealthStaysGreen()
    {
        var time = new ManualClock();
        await using var service = await RatingsService.StartAsync("v-unavailable", time);
        Assert.Equal(Fine, await service.GetAsync("/ratings/0"));

        time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(Fine, await service.GetAsync("/ratings/0"));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(Unavailable, await service.GetAsync("/ratings/0"));
        Assert.Equal(Healthy, await service.GetAsync("/health"));
        Assert.Equal(200, (await service.GetAsync("/health/ready")).Status);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(Fine, await service.GetAsync("/ratings/0"));
    }

    [Fact]
    public async Task Unhealthy_TogglesEveryFifteenMinutes_HealthTellsIt()
    {
        var time = new ManualClock();
        await using var service = await RatingsService.StartAsync("v-unhealthy", time);
        Assert.Equal(Healthy, await service.GetAsync("/health"));

        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(Unavailable, await service.GetAsync("/ratings/0"));
        Assert.Equal(NotHealthy, await service.GetAsync("/health"));
        Assert.Equal(503, (await service.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await service.GetAsync("/health/live")).Status);

        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(Fine, await service.GetAsync("/ratings/0"));
        Assert.Equal(Healthy, await service.GetAsync("/health"));
        Assert.Equal(200, (await service.GetAsync("/health/ready")).Status);
    }

    [Theory]
    [InlineData("v-faulty")]
    [InlineData("v-unavailable")]
    public async Task AnyFaultRelease_IdThatIsNoNumber_Is400(string version)
    {
        await using var service = await RatingsService.StartAsync(version, random: new ScriptedRandom(0));

        Assert.Equal(400, (await service.GetAsync("/ratings/abc")).Status);
    }

    [Fact]
    public async Task UnknownFaultRelease_AtStart_IsRefusedAndTheRightOnesNamed()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() => RatingsService.StartAsync("v-fautly"));

        Assert.Contains("v-fautly", problem.Message, StringComparison.Ordinal);
        Assert.Contains("v-faulty", problem.Message, StringComparison.Ordinal);
    }
}
