using System.Net;
using Bookinfo.ProductPage;
using Bookinfo.ProductPage.Upstreams;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.ProductPage.Upstreams;

public sealed class BookServicesTests
{
    private static readonly TimeSpan JustUnder = BookServices.Timeout - TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Page_ReviewsFailOnce_AreAskedASecondTime()
    {
        await using var shop = await Page.StartAsync();
        shop.Reviews.Answer = Answers.InTurn(Answers.Status(503), Answers.Json(Bookshop.ReviewsJson()));
        var page = await shop.FetchAsync();
        Assert.Equal(2, shop.Reviews.Requests.Count);
        Assert.Equal(2, page.QuerySelectorAll("blockquote").Length);
    }

    [Fact]
    public async Task Page_EverythingFails_DetailsAreAskedOnceAndReviewsTwice()
    {
        await using var shop = await Page.StartAsync();
        shop.Details.Answer = shop.Reviews.Answer = Answers.Status(503);
        await shop.FetchAsync();
        Assert.Single(shop.Details.Requests);
        Assert.Equal(2, shop.Reviews.Requests.Count);
    }

    [Fact]
    public async Task Page_AllWell_AsksEachOnceAndRatingsNever()
    {
        await using var shop = await Page.StartAsync();
        await shop.FetchAsync();
        Assert.Equal("/details/0", Assert.Single(shop.Details.Requests).Target);
        Assert.Equal("/reviews/0", Assert.Single(shop.Reviews.Requests).Target);
        Assert.Empty(shop.Ratings.Requests);
    }

    [Fact]
    public async Task Page_FloodFactor_AddsThatManyCallsToReviews()
    {
        await using var shop = await Page.StartAsync("FLOOD_FACTOR=7");
        await shop.FetchAsync();
        Assert.Equal(8, shop.Reviews.Requests.Count);
        Assert.Single(shop.Details.Requests);
    }

    [Fact]
    public async Task Page_FloodFails_StillShowsThePage()
    {
        await using var shop = await Page.StartAsync("FLOOD_FACTOR=3");
        shop.Reviews.Answer = Answers.Status(503);
        Assert.Equal("Error fetching product reviews", (await shop.FetchAsync()).TextOf(".alarm h2"));
        Assert.Equal(5, shop.Reviews.Requests.Count);
    }

    [Theory]
    [InlineData("FLOOD_FACTOR=-1", "FLOOD_FACTOR is '-1'; it should be a whole number from 0 to 10000.")]
    [InlineData("FLOOD_FACTOR=many", "FLOOD_FACTOR is 'many'; it should be a whole number from 0 to 10000.")]
    public async Task Build_WrongSetting_SaysWhatWouldBeRight(string setting, string message)
    {
        var problem = await Assert.ThrowsAsync<ServiceDefaults.SettingException>(() => Page.StartAsync(setting));
        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public async Task Page_BothSilent_AsksSideBySideAndGivesUpAfterTwiceThreeSeconds()
    {
        var time = new FakeTimeProvider();
        await using var shop = await Bookshop.StartAsync(ProductPageProgram.Build, time);
        shop.Details.Answer = Answers.Silence;
        shop.Reviews.Answer = Answers.SilenceInTheBody;

        var page = shop.FetchAsync();
        await shop.Details.WaitForRequestsAsync(1);
        await shop.Reviews.WaitForRequestsAsync(1);
        time.Advance(JustUnder);
        Assert.Single(shop.Reviews.Requests);
        time.Advance(BookServices.Timeout - JustUnder);
        await shop.Reviews.WaitForRequestsAsync(2);
        Assert.False(page.IsCompleted);
        time.Advance(BookServices.Timeout);

        var alarms = (await page).QuerySelectorAll(".alarm .served").Select(alarm => alarm.TextContent);
        Assert.Equal(["Asked once, gave up after 3.0 s: no answer", "Asked twice, gave up after 6.0 s: no answer"], alarms);
        Assert.Single(shop.Details.Requests);
        Assert.Equal(2, shop.Reviews.Requests.Count);
    }

    [Theory]
    [InlineData("/api/v1/products/0", 1)]
    [InlineData("/api/v1/products/0/reviews", 2)]
    [InlineData("/api/v1/products/0/ratings", 1)]
    public async Task Api_Silence_IsA500AfterEachTrysTimeout(string path, int tries)
    {
        var time = new FakeTimeProvider();
        await using var shop = await Bookshop.StartAsync(ProductPageProgram.Build, time);
        shop.Details.Answer = shop.Reviews.Answer = shop.Ratings.Answer = Answers.Silence;
        var asked = path.EndsWith("/reviews", StringComparison.Ordinal) ? shop.Reviews : path.EndsWith("/ratings", StringComparison.Ordinal)
            ? shop.Ratings : shop.Details;

        var answer = shop.Client.GetAsync(path);
        for (var attempt = 1; attempt <= tries; attempt++)
        {
            await asked.WaitForRequestsAsync(attempt);
            Assert.False(answer.IsCompleted);
            time.Advance(BookServices.Timeout);
        }

        Assert.Equal(HttpStatusCode.InternalServerError, (await answer).StatusCode);
        Assert.Equal(tries, asked.Requests.Count);
    }
}
