using System.Text.Json;
using AngleSharp.Dom;

namespace Bookinfo.Tests.ProductPage.Pages;

public sealed class PageSafetyTests
{
    private const string Attack = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>";

    [Fact]
    public async Task Page_NeighboursSendMarkup_ShowsItAsText()
    {
        await using var shop = await Page.StartAsync();
        var attack = JsonSerializer.Serialize(Attack);
        shop.Details.Answer = Answers.Json($$"""{"author":{{attack}},"year":{{attack}},"publisher":{{attack}}}""",
            "details-v1<b>", "pod\"<i>");
        shop.Reviews.Answer = Answers.Json(
            $$$"""
            {"podname":{{{attack}}},"clustername":{{{attack}}},"reviews":[
            {"reviewer":{{{attack}}},"text":{{{attack}}},"rating":{"stars":5,"color":{{{attack}}} } },
            {"reviewer":"x","text":"y","rating":{"error":{{{attack}}} } }]}
            """);
        var page = await shop.FetchAsync();

        AssertHarmless(page);
        Assert.Equal(Attack, page.TextOf("blockquote"));
        Assert.Equal(Attack, page.TextOf("figcaption"));
        Assert.Equal(Attack, page.TextOf(".byline"));
        Assert.Equal(Attack, page.TextOf(".unrated"));
        Assert.Equal(Attack, page.QuerySelector(".stars")!.GetAttribute("data-color"));
        Assert.Equal("details-v1<b>", page.TextOf(".facts .release"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("{{7*7}}&lt;b&gt;")]
    public async Task Page_UserNameIsMarkup_ShowsItAsText(string user)
    {
        await using var shop = await Page.StartAsync();
        var page = await shop.FetchAsync(session: await shop.SignInAsync(user));
        AssertHarmless(page);
        Assert.Equal(user, page.TextOf(".reader strong"));
    }

    [Theory]
    [InlineData("/productpage")]
    [InlineData("/")]
    [InlineData("/static/cover.svg")]
    [InlineData("/api/v1/products")]
    [InlineData("/logout")]
    [InlineData("/nowhere")]
    public async Task Answer_AnyPath_CarriesTheSecurityHeaders(string path)
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.GetAsync(path);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/productpage")]
    [InlineData("/")]
    public async Task Page_Assets_AreOurOwnUnderStatic_AndThere(string path)
    {
        await using var shop = await Page.StartAsync();
        var page = await shop.FetchAsync(path);
        var assets = page.QuerySelectorAll("link[href], img[src]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!).Distinct().ToList();
        Assert.Equal(4, assets.Count);
        foreach (var asset in assets)
        {
            Assert.StartsWith("/static/", asset, StringComparison.Ordinal);
            using var response = await shop.Client.GetAsync(asset);
            Assert.True(response.IsSuccessStatusCode, asset);
        }
    }

    [Fact]
    public async Task Page_ByKeyboardAndEar_IsUsable()
    {
        await using var shop = await Page.StartAsync();
        var page = await shop.FetchAsync();

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("#main", page.QuerySelector("body > a:first-child")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("main#main"));
        Assert.All(page.QuerySelectorAll("input"), input => Assert.Equal("label", input.ParentElement!.LocalName));
        Assert.All(page.QuerySelectorAll("img"), image => Assert.True(image.HasAttribute("alt")));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.All(page.QuerySelectorAll("[aria-labelledby]"),
            part => Assert.NotNull(page.GetElementById(part.GetAttribute("aria-labelledby")!)));
    }

    private static void AssertHarmless(IDocument page)
    {
        Assert.Empty(page.QuerySelectorAll("script, iframe, object, [style], svg[onload]"));
        Assert.All(page.All, element =>
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("img"),
            image => Assert.StartsWith("/static/", image.GetAttribute("src"), StringComparison.Ordinal));
    }
}
