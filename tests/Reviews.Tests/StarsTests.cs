using Bookinfo.Reviews;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Reviews;

public sealed class StarsTests
{
    private const string Unavailable = """{"error": "Ratings service is currently unavailable"}""";

    [Theory]
    [InlineData("v2", "black", "black")]
    [InlineData("v2", null, "black")]
    [InlineData("v3", "red", "red")]
    public async Task Get_RatingsWell_HasStarsOfTheReleasesColour(string version, string? setting, string color)
    {
        await using var ratings = await StandIn.StartAsync(Answers.Json("""{"id":3,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""));
        await using var service = await StartAsync(ratings, setting, version: version);

        var answer = await service.GetAsync("/reviews/3");

        Assert.Equal((200, Body("3", $$"""{"stars": 5, "color": "{{color}}"}""", $$"""{"stars": 4, "color": "{{color}}"}""")), answer);
        Assert.Equal("/ratings/3", Assert.Single(ratings.Requests).Target);
    }

    [Theory]
    [InlineData("""{"id":0,"ratings":{"Reviewer1":1}}""", 1, 0)]
    [InlineData("""{"id":0,"ratings":{"Reviewer2":2,"Somebody":5}}""", 0, 2)]
    [InlineData("""{"id":0,"ratings":{}}""", 0, 0)]
    [InlineData("""{"id":0,"ratings":{"Reviewer1":null,"Reviewer2":3}}""", 0, 3)]
    [InlineData("""{"id":0,"ratings":{"Reviewer1":"5","Reviewer2":{"stars":3}}}""", 0, 0)]
    [InlineData("""{"id":0,"ratings":{"Reviewer1":99,"Reviewer2":0}}""", 0, 0)]
    [InlineData("""{"id":0,"ratings":{"Reviewer1":-1,"Reviewer2":4.5}}""", 0, 0)]
    [InlineData("""{"id":0,"ratings":null}""", 0, 0)]
    [InlineData("""{"id":0,"ratings":[5,4]}""", 0, 0)]
    [InlineData("""{"id":0}""", 0, 0)]
    [InlineData("null", 0, 0)]
    [InlineData("[]", 0, 0)]
    [InlineData("<html>", 0, 0)]
    [InlineData("", 0, 0)]
    public async Task Get_RatingsSayLess_EachReviewerOnItsOwn(string said, int first, int second)
    {
        await using var ratings = await StandIn.StartAsync(Answers.Json(said));
        await using var service = await StartAsync(ratings);

        Assert.Equal((200, Body("0", Rating(first), Rating(second))), await service.GetAsync("/reviews/0"));
    }

    public static TheoryData<string> Failures => ["503", "500", "302", "break", "break in the body", "endless"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Get_RatingsFail_IsStill200AndAsksOnlyOnce(string how)
    {
        RequestDelegate answer = how switch
        {
            "break" => Answers.BreakOff,
            "break in the body" => Answers.BreakOffInTheBody,
            "endless" => Answers.Endless,
            _ => Answers.Status(int.Parse(how), """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""),
        };
        await using var ratings = await StandIn.StartAsync(answer);
        await using var service = await StartAsync(ratings);

        Assert.Equal((200, Body("0", Unavailable, Unavailable)), await service.GetAsync("/reviews/0"));
        Assert.Single(ratings.Requests);
    }

    [Fact]
    public async Task Get_NobodyListens_IsStill200()
    {
        await using var service = await RunningService.StartAsync(
            ReviewsProgram.Build, [new("ENABLE_RATINGS", "true"), new("HOSTNAME", "pod"), new("RATINGS_HOSTNAME", "127.0.0.1"),
                new("RATINGS_SERVICE_PORT", $"{FreePort.Next()}")]);

        Assert.Equal((200, Body("0", Unavailable, Unavailable)), await service.GetAsync("/reviews/0"));
    }

    [Theory]
    [InlineData("black", 10)]
    [InlineData("red", 2.5)]
    [InlineData("green", 2.5)]
    public async Task Get_RatingsSilent_GivesUpAfterTheColoursTimeoutAndDoesNotRetry(string color, double seconds)
    {
        var time = new ManualClock();
        var timeout = TimeSpan.FromSeconds(seconds);
        await using var ratings = await StandIn.StartAsync(Answers.Silence);
        await using var service = await StartAsync(ratings, color, time);

        var asking = service.GetAsync("/reviews/0");
        await time.WaitForTimerAsync(timeout);
        await ratings.WaitForRequestsAsync(1);
        time.Advance(timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((200, Body("0", Unavailable, Unavailable)), await asking);
        Assert.Single(ratings.Requests);
    }

    [Fact]
    public async Task Get_SilenceAfterTheFirstByte_CountsForTheTimeoutToo()
    {
        var time = new ManualClock();
        await using var ratings = await StandIn.StartAsync(Answers.SilenceInTheBody);
        await using var service = await StartAsync(ratings, "red", time);

        var asking = service.GetAsync("/reviews/0");
        await ratings.WaitForRequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(2.5));

        Assert.Equal((200, Body("0", Unavailable, Unavailable)), await asking);
    }

    [Fact]
    public async Task Get_CallersHeaders_ArePassedOnWithTheUser()
    {
        await using var ratings = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = await StartAsync(ratings);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/reviews/0");
        request.Headers.Add("end-user", "jason");
        request.Headers.Add("baggage", "a=b");

        using var answer = await service.Client.SendAsync(request);

        var seen = Assert.Single(ratings.Requests).Headers;
        Assert.Equal("jason", seen["end-user"]);
        Assert.Equal("a=b", seen["baggage"]);
    }

    [Fact]
    public async Task Get_V1_AsksNobody()
    {
        await using var ratings = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = await RunningService.StartAsync(ReviewsProgram.Build, [.. ratings.As("RATINGS")]);

        await service.GetAsync("/reviews/0");

        Assert.Empty(ratings.Requests);
    }

    private static Task<RunningService> StartAsync(StandIn ratings, string? color = "black", TimeProvider? time = null,
        string version = "v2") =>
        RunningService.StartAsync(
            ReviewsProgram.Build,
            [.. ratings.As("RATINGS"), new("ENABLE_RATINGS", "true"), new("STAR_COLOR", color), new("SERVICE_VERSION", version),
                new("HOSTNAME", "pod")],
            time);

    private static string Rating(int stars) => stars == 0 ? Unavailable : $$"""{"stars": {{stars}}, "color": "black"}""";

    private static string Body(string id, string first, string second) => CompactJson.Of($$"""
        {"id": "{{id}}","podname": "pod","clustername": "null","reviews": [
        {"reviewer": "Reviewer1", "text": "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!", "rating": {{first}}},
        {"reviewer": "Reviewer2", "text": "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays by Shakespeare.",
         "rating": {{second}}}]}
        """);
}
