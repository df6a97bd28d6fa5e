using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ProductPage.Pages;

public sealed class BrokenNeighboursTests
{
    /// <summary>Everything that is not an answer, short of silence.</summary>
    public static TheoryData<string> Nonsense { get; } =
    [
        "", "{", "no JSON", "null", "[]", "42", "\"text\"", "{}",
        """{"reviews": null}""", """{"reviews": {}}""", """{"reviews": [1]}""", """{"reviews": [{"reviewer": "x"}]}""",
        """{"reviews": [{"reviewer": "\ud800", "text": "half a pair"}]}""", "<html></html>", new string('[', 5000), "\u0000",
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Page_NeighboursTalkNonsense_SaysSorry(string body)
    {
        await using var shop = await Page.StartAsync();
        shop.Details.Answer = shop.Reviews.Answer = Answers.Json(body);
        await AssertSorryAsync(shop);
    }

    public static TheoryData<string> Failures { get; } =
        ["status 500", "status 404", "status 204", "status 304", "break off", "break off in the body", "endless"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Page_NeighboursFail_SaysSorry(string failure)
    {
        await using var shop = await Page.StartAsync();
        shop.Details.Answer = shop.Reviews.Answer = FailureOf(failure);
        await AssertSorryAsync(shop);
    }

    [Fact]
    public async Task Page_NobodyListens_SaysSorry()
    {
        await using var shop = await Page.StartAsync();
        await shop.Details.DisposeAsync();
        await shop.Reviews.DisposeAsync();
        await AssertSorryAsync(shop);
    }

    [Fact]
    public async Task Page_OnlyDetailsFail_StillShowsReviews()
    {
        await using var shop = await Page.StartAsync();
        shop.Details.Answer = Answers.Status(503);
        var page = await shop.FetchAsync();
        Assert.Equal("Error fetching product details", page.TextOf(".alarm h2"));
        Assert.Equal(2, page.QuerySelectorAll("blockquote").Length);
    }

    [Fact]
    public async Task Page_OnlyReviewsFail_StillShowsDetailsAndWhatCameInstead()
    {
        await using var shop = await Page.StartAsync();
        shop.Reviews.Answer = context =>
        {
            context.Response.Headers["x-bookinfo-release"] = "reviews-v2";
            context.Response.Headers["x-bookinfo-pod"] = "a-pod";
            return Answers.Status(503)(context);
        };
        var page = await shop.FetchAsync();
        Assert.Equal(7, page.QuerySelectorAll("dl > div").Length);
        Assert.Matches(@"^Asked twice, gave up after \d+ m?s: status 503 from a-pod reviews-v2$", page.TextOf(".alarm .served"));
    }

    private static RequestDelegate FailureOf(string name) => name switch
    {
        "break off" => Answers.BreakOff,
        "break off in the body" => Answers.BreakOffInTheBody,
        "endless" => Answers.Endless,
        _ => Answers.Status(int.Parse(name.AsSpan("status ".Length), System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static async Task AssertSorryAsync(Bookshop shop)
    {
        var page = await shop.FetchAsync();
        Assert.Equal(["Error fetching product details", "Error fetching product reviews"],
            page.QuerySelectorAll(".alarm h2").Select(title => title.TextContent));
        Assert.Equal(
            ["Sorry, product details are currently unavailable for this book.",
                "Sorry, product reviews are currently unavailable for this book."],
            page.QuerySelectorAll(".alarm h2 + p").Select(sentence => sentence.TextContent));
    }
}
