using Bookinfo.Ratings;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.Contract;

/// <summary>Row for row what callers of ratings may rely on. Details of each row are tested beside the service.</summary>
public sealed class RatingsTests
{
    private static readonly (int, string) Default = (200, """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}""");

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Get_IntegerId_IsTheDocument(string version)
    {
        await using var ratings = await StartAsync(version);

        using var answer = await ratings.Client.GetAsync("/ratings/0");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(Default, ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal($"ratings-{version}", Assert.Single(answer.Headers.GetValues("x-bookinfo-release")));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("0/foo")]
    [InlineData("12abc")]
    public async Task Get_NoInteger_Is400(string id)
    {
        await using var ratings = await StartAsync("v1");

        Assert.Equal((400, """{"error":"please provide numeric product ID"}"""), await ratings.GetAsync($"/ratings/{id}"));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Post_Ratings_AreAnsweredAndStored(string version)
    {
        await using var ratings = await StartAsync(version);
        var stored = (200, """{"id":91,"ratings":{"Reviewer1":1,"Reviewer2":3}}""");

        Assert.Equal(stored, await ratings.PostAsync("/ratings/91", """{"Reviewer1":1,"Reviewer2":3}"""));
        Assert.Equal(stored, await ratings.GetAsync("/ratings/91"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("""{"Reviewer1":99}""")]
    [InlineData("""{"Reviewer1":{"stars":5}}""")]
    public async Task Post_NoObjectOfStars_Is400(string body)
    {
        await using var ratings = await StartAsync("v1");

        Assert.Equal((400, """{"error":"please provide valid ratings JSON"}"""), await ratings.PostAsync("/ratings/0", body));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v-faulty")]
    [InlineData("v-delayed")]
    [InlineData("v-unavailable")]
    [InlineData("v-unhealthy")]
    public async Task Health_EveryReleaseAtStart_IsGreen(string version)
    {
        await using var ratings = await StartAsync(version);

        Assert.Equal((200, """{"status":"Ratings is healthy"}"""), await ratings.GetAsync("/health"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ratings")]
    [InlineData("/metrics")]
    public async Task Get_OtherPath_Is404(string path)
    {
        await using var ratings = await StartAsync("v1");

        Assert.Equal(404, (await ratings.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("PUT", "/ratings/0", "GET, POST")]
    [InlineData("DELETE", "/ratings/0", "GET, POST")]
    [InlineData("POST", "/health", "GET")]
    public async Task OtherMethod_OnAKnownPath_Is405(string method, string path, string allow)
    {
        await using var ratings = await StartAsync("v1");

        Assert.Equal((405, allow), await ratings.SendAsync(method, path));
    }

    [Fact]
    public async Task V2_DatabaseAway_Is500AndNotReady()
    {
        await using var ratings =
            await StartAsync("v2", settings: KeyValuePair.Create<string, string?>("ConnectionStrings:ratings",
                $"Host=127.0.0.1;Port={FreePort.Next()};Username=bookinfo"));

        Assert.Equal((500, """{"error":"could not connect to ratings database"}"""), await ratings.GetAsync("/ratings/0"));
        Assert.Equal(503, (await ratings.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await ratings.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Faulty_LowDraw_Is503WithHealthGreen()
    {
        await using var ratings =
            await StartAsync("v-faulty", services: services => services.AddSingleton<Random>(new ScriptedRandom(0.49)));

        Assert.Equal((503, """{"error":"Service unavailable"}"""), await ratings.GetAsync("/ratings/0"));
        Assert.Equal(200, (await ratings.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Delayed_LowDraw_AnswersAfterSevenSeconds()
    {
        var time = new ManualClock();
        await using var ratings = await StartAsync("v-delayed", time, services => services.AddSingleton<Random>(new ScriptedRandom(0.49)));

        var asking = ratings.GetAsync("/ratings/0");
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(Default, await asking);
    }

    [Theory]
    [InlineData("v-unavailable", 60, 200, """{"status":"Ratings is healthy"}""")]
    [InlineData("v-unhealthy", 15 * 60, 500, """{"status":"Ratings is not healthy"}""")]
    public async Task Toggling_AfterItsPeriod_Is503AndThenFineAgain(string version, int seconds, int health, string healthBody)
    {
        var time = new ManualClock();
        await using var ratings = await StartAsync(version, time);

        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal((503, """{"error":"Service unavailable"}"""), await ratings.GetAsync("/ratings/0"));
        Assert.Equal((health, healthBody), await ratings.GetAsync("/health"));

        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(Default, await ratings.GetAsync("/ratings/0"));
        Assert.Equal(200, (await ratings.GetAsync("/health")).Status);
    }

    private static Task<RunningService> StartAsync(
        string version, TimeProvider? time = null, Action<IServiceCollection>? services = null,
            params KeyValuePair<string, string?>[] settings) =>
        RunningService.StartAsync(RatingsProgram.Build, [new("SERVICE_VERSION", version), .. settings], time, services);
}
