using Bookinfo.Ratings;
using Bookinfo.Reviews;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Contract;

/// <summary>Row for row what callers of reviews may rely on, with our own ratings behind it where there is any.</summary>
public sealed class ReviewsTests
{
    private const string Unavailable = """{"error": "Ratings service is currently unavailable"}""";

    [Fact]
    public async Task V1_Get_IsTheDocumentWithoutRatings()
    {
        await using var reviews = await StartAsync("v1");

        using var answer = await reviews.Client.GetAsync("/reviews/0");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(CompactJson.Of(Bookshop.ReviewsJson()), CompactJson.Of(await answer.Content.ReadAsStringAsync()));
        Assert.Equal("reviews-v1", Assert.Single(answer.Headers.GetValues("x-bookinfo-release")));
    }

    [Theory]
    [InlineData("v2", "black")]
    [InlineData("v3", "red")]
    public async Task V2AndV3_Get_HaveTheStarsThatRatingsStored(string version, string color)
    {
        await using var ratings = await RunningService.StartAsync(RatingsProgram.Build, []);
        await ratings.PostAsync("/ratings/7", """{"Reviewer2":2,"Reviewer1":1}""");
        await using var reviews = await StartAsync(version, [.. At(ratings), new("STAR_COLOR", color)]);

        var answer = await GetAsync(reviews, "/reviews/7");

        Assert.Equal((200, Document("7", $$"""{"stars": 1, "color": "{{color}}"}""", $$"""{"stars": 2, "color": "{{color}}"}""")), answer);
    }

    [Fact]
    public async Task V2_RatingsLackOneReviewer_OnlyThatOneHasTheError()
    {
        await using var ratings = await RunningService.StartAsync(RatingsProgram.Build, []);
        await ratings.PostAsync("/ratings/0", """{"Reviewer2":2}""");
        await using var reviews = await StartAsync("v2", At(ratings));

        Assert.Equal((200, Document("0", Unavailable, """{"stars": 2, "color": "black"}""")), await GetAsync(reviews, "/reviews/0"));
    }

    [Theory]
    [InlineData(503, """{"error":"Service unavailable"}""")]
    [InlineData(500, "")]
    [InlineData(200, "no JSON")]
    [InlineData(200, """{"id":0,"ratings":{"Reviewer1":null,"Reviewer2":{"stars":5}}}""")]
    public async Task V2_RatingsFailOrMakeNoSense_IsStill200(int status, string body)
    {
        await using var ratings = await StandIn.StartAsync(Answers.Status(status, body));
        await using var reviews = await StartAsync("v2", [.. ratings.As("RATINGS")]);

        Assert.Equal((200, Document("0", Unavailable, Unavailable)), await GetAsync(reviews, "/reviews/0"));
        Assert.Single(ratings.Requests);
    }

    [Theory]
    [InlineData("black", 10)]
    [InlineData("red", 2.5)]
    public async Task V2AndV3_RatingsSilent_GiveUpAfterTheirTimeoutWithoutRetry(string color, double seconds)
    {
        var time = new ManualClock();
        await using var ratings = await StandIn.StartAsync(Answers.Silence);
        await using var reviews = await StartAsync("v2", [.. ratings.As("RATINGS"), new("STAR_COLOR", color)], time);

        var asking = GetAsync(reviews, "/reviews/0");
        await ratings.WaitForRequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((200, Document("0", Unavailable, Unavailable)), await asking);
        Assert.Single(ratings.Requests);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("2147483648")]
    [InlineData("")]
    public async Task Get_No32BitInteger_Is404(string id)
    {
        await using var reviews = await StartAsync("v1");

        Assert.Equal(404, (await reviews.GetAsync($"/reviews/{id}")).Status);
    }

    [Theory]
    [InlineData("POST", "/reviews/0")]
    [InlineData("DELETE", "/health")]
    public async Task OtherMethod_OnAKnownPath_Is405(string method, string path)
    {
        await using var reviews = await StartAsync("v1");

        Assert.Equal((405, "GET"), await reviews.SendAsync(method, path));
    }

    [Fact]
    public async Task Health_Always_IsHealthy()
    {
        await using var reviews = await StartAsync("v1");

        Assert.Equal((200, """{"status":"Reviews is healthy"}"""), await GetAsync(reviews, "/health"));
    }

    [Fact]
    public async Task Get_HeadersOfTheContract_ReachRatings()
    {
        await using var ratings = await StandIn.StartAsync(Answers.Json(Bookshop.RatingsJson));
        await using var reviews = await StartAsync("v2", [.. ratings.As("RATINGS")]);
        string[] passed =
        [
            "x-request-id", "x-ot-span-context", "x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-sampling-priority", "traceparent",
            "tracestate",
            "x-cloud-trace-context", "grpc-trace-bin", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags",
            "b3", "sw8", "user-agent",
            "cookie", "authorization", "jwt", "end-user",
        ];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/reviews/0");
        foreach (var name in passed)
        {
            request.Headers.TryAddWithoutValidation(name, $"the {name}");
        }

        using var answer = await reviews.Client.SendAsync(request);

        var seen = Assert.Single(ratings.Requests).Headers;
        Assert.All(passed, name => Assert.Equal($"the {name}", seen[name]));
    }

    // White space is free in the contract; keys, their order and their types are not.
    private static async Task<(int Status, string Body)> GetAsync(RunningService service, string path)
    {
        var (status, body) = await service.GetAsync(path);
        return (status, CompactJson.Of(body));
    }

    private static string Document(string id, string rating1, string rating2) => CompactJson.Of(Bookshop.ReviewsJson(rating1, rating2))
        .Replace("""{"id":"0",""", $$"""{"id":"{{id}}",""", StringComparison.Ordinal);

    private static KeyValuePair<string, string?>[] At(RunningService ratings) =>
        [new("RATINGS_HOSTNAME", ratings.Address.Host), new("RATINGS_SERVICE_PORT", $"{ratings.Address.Port}")];

    private static Task<RunningService> StartAsync(string version, KeyValuePair<string, string?>[]? settings = null,
        TimeProvider? time = null) => RunningService.StartAsync(
        ReviewsProgram.Build, [new("SERVICE_VERSION", version), new("HOSTNAME", "reviews-pod"),
            new("ENABLE_RATINGS", version == "v1" ? "false" : "true"), .. settings ?? []], time);
}
