namespace Bookinfo.Tests.ProductPage.Pages;

public sealed class BookPageTests
{
    [Fact]
    public async Task Page_AllWell_ShowsBookDetailsAndReviews()
    {
        await using var shop = await Page.StartAsync();
        var page = await shop.FetchAsync();

        Assert.Equal("Simple Bookstore App", page.Title);
        Assert.Equal("The Comedy of Errors", page.TextOf("h1"));
        Assert.Equal("William Shakespeare", page.TextOf(".byline"));
        Assert.Equal(
            ["Year: 1595", "Type: paperback", "Pages: 200", "Publisher: PublisherA", "Language: English", "ISBN-10: 1234567890",
                "ISBN-13: 123-1234567890"],
            page.QuerySelectorAll("dl > div").Select(fact => $"{fact.TextOf("dt")}: {fact.TextOf("dd")}"));
        Assert.Equal(["Reviewer1", "Reviewer2"], page.QuerySelectorAll("figcaption").Select(name => name.TextContent));
        Assert.StartsWith("An extremely entertaining play", page.TextOf("blockquote"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AllWell_SaysWhichReleaseAndPodServedEachPart()
    {
        await using var shop = await Page.StartAsync("SERVICE_VERSION=v7");
        var parts = (await shop.FetchAsync()).QuerySelectorAll("p.served");

        Assert.Equal(3, parts.Length);
        Assert.StartsWith("Details served by: details-pod details-v1 in ", parts[0].TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Reviews served by: reviews-pod reviews-v1 in ", parts[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Page served by: tested-pod productpage-v7", parts[2].TextContent);
    }

    [Fact]
    public async Task Page_OriginalServices_ShowsThePodThatReviewsNames()
    {
        await using var shop = await Page.StartAsync();
        shop.Details.Answer = Answers.Json(Bookshop.DetailsJson);
        shop.Reviews.Answer = Answers.Json(Bookshop.ReviewsJson().Replace("\"null\"", "\"east\"", StringComparison.Ordinal));
        var parts = (await shop.FetchAsync()).QuerySelectorAll("main p.served");
        Assert.StartsWith("Reviews served by: reviews-pod on cluster east in ", Assert.Single(parts).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ReviewsWithoutRatings_HasNoStars()
    {
        await using var shop = await Page.StartAsync();
        var page = await shop.FetchAsync();
        Assert.Empty(page.QuerySelectorAll(".stars, svg, .unrated"));
        Assert.DoesNotContain("star", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("black", "stars-black")]
    [InlineData("red", "stars-red")]
    [InlineData("teal", "stars-other")]
    public async Task Page_ReviewsWithRatings_DrawsAndTellsTheStars(string color, string expectedClass)
    {
        await using var shop = await Page.StartAsync();
        shop.Reviews.Answer = Answers.Json(Bookshop.ReviewsWithStars(color));
        var stars = (await shop.FetchAsync()).QuerySelectorAll(".stars");

        Assert.Equal(["5 of 5 stars", "4 of 5 stars"], stars.Select(one => one.TextContent));
        Assert.Equal([0, 1], stars.Select(one => one.QuerySelectorAll("path.missing").Length));
        Assert.All(stars, one => Assert.Equal(5, one.QuerySelectorAll("svg[aria-hidden=true] path").Length));
        Assert.All(stars, one => Assert.Contains(expectedClass, one.ClassList));
        Assert.All(stars, one => Assert.Equal(color, one.GetAttribute("data-color")));
    }

    [Theory]
    [InlineData("""{"error": "Ratings service is currently unavailable"}""")]
    [InlineData("""{"stars": 99, "color": "red"}""")]
    [InlineData("""{"stars": -1, "color": "red"}""")]
    [InlineData("""{"stars": "5", "color": "red"}""")]
    [InlineData("""{"stars": 4.5, "color": "red"}""")]
    [InlineData("""{"stars": null}""")]
    [InlineData("""{}""")]
    [InlineData("""[5]""")]
    [InlineData("""null""")]
    public async Task Page_RatingThatIsNone_SaysSoForThatReviewAlone(string rating)
    {
        await using var shop = await Page.StartAsync();
        shop.Reviews.Answer = Answers.Json(Bookshop.ReviewsJson(rating, """{"stars": 4, "color": "red"}"""));
        var voices = (await shop.FetchAsync()).QuerySelectorAll(".voice");

        Assert.Equal("Ratings service is currently unavailable", voices[0].TextOf(".unrated"));
        Assert.Null(voices[0].QuerySelector(".stars"));
        Assert.Equal("4 of 5 stars", voices[1].TextOf(".stars"));
    }

    [Fact]
    public async Task Page_YearIsText_ShowsIt()
    {
        await using var shop = await Page.StartAsync();
        shop.Details.Answer = Answers.Json("""{"id":0,"year":"2003-01-01","pages":null,"type":{"a":1}}""");
        var facts = (await shop.FetchAsync()).QuerySelectorAll("dl > div");
        Assert.Equal("2003-01-01", Assert.Single(facts).TextOf("dd"));
    }

    [Fact]
    public async Task Page_Head_HasHeadersAndNoBody()
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/productpage"));
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
