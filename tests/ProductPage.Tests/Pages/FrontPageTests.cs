namespace Bookinfo.Tests.ProductPage.Pages;

public sealed class FrontPageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    public async Task Front_EitherPath_LeadsToTheBook(string path)
    {
        await using var shop = await Page.StartAsync();
        var page = await shop.FetchAsync(path);
        Assert.Equal(
            ["Normal user /productpage?u=normal", "Test user /productpage?u=test"],
            page.QuerySelectorAll(".doors a").Select(door => $"{door.TextContent} {door.GetAttribute("href")}"));
        Assert.Equal(["productpage", "details", "reviews", "ratings"],
            page.QuerySelectorAll(".parts strong").Select(part => part.TextContent));
    }

    [Fact]
    public async Task Front_NeighboursDown_StillAnswers()
    {
        await using var shop = await Page.StartAsync();
        shop.Details.Answer = shop.Reviews.Answer = Answers.BreakOff;
        await shop.FetchAsync("/");
        Assert.Empty(shop.Details.Requests);
        Assert.Empty(shop.Reviews.Requests);
    }
}
