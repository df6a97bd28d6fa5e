using System.Net;
using Bookinfo.ProductPage.Pages;

namespace Bookinfo.Tests.ProductPage.Web;

public sealed class StaticEndpointsTests
{
    [Theory]
    [InlineData("palette.css", "text/css; charset=utf-8")]
    [InlineData("page.css", "text/css; charset=utf-8")]
    [InlineData("cover.svg", "image/svg+xml")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task Get_WithTheVersion_MayBeKeptForAYear(string name, string contentType)
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.GetAsync(Layout.Assets.UrlOf(name).Markup);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        Assert.Equal("public, max-age=31536000, immutable", Assert.Single(response.Headers.GetValues("Cache-Control")));
        Assert.Equal(response.Content.Headers.ContentLength, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("/static/page.css")]
    [InlineData("/static/page.css?v=another")]
    public async Task Get_WithoutTheVersion_MustBeAskedForAgain(string url)
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-cache", Assert.Single(response.Headers.GetValues("Cache-Control")));
    }

    [Theory]
    [InlineData("{0}", HttpStatusCode.NotModified)]
    [InlineData("W/{0}", HttpStatusCode.NotModified)]
    [InlineData("\"other\", {0}", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"other\"", HttpStatusCode.OK)]
    [InlineData("nonsense", HttpStatusCode.OK)]
    public async Task Get_WithACopyAtHand_SaysWhetherItIsStillGood(string ifNoneMatch, HttpStatusCode expected)
    {
        await using var shop = await Page.StartAsync();
        using var first = await shop.Client.GetAsync("/static/page.css");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/static/page.css");
        request.Headers.TryAddWithoutValidation("If-None-Match",
            ifNoneMatch.Replace("{0}", first.Headers.ETag!.Tag, StringComparison.Ordinal));
        using var response = await shop.Client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(first.Headers.ETag, response.Headers.ETag);
    }

    [Fact]
    public async Task Head_Asset_HasLengthAndNoBody()
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/static/cover.svg"));
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/static")]
    [InlineData("/static/")]
    [InlineData("/static/nothing.css")]
    [InlineData("/static/../ProductPage.csproj")]
    [InlineData("/static/%2e%2e/appsettings.json")]
    [InlineData("/static/..%2fpage.css")]
    public async Task Get_AnythingElse_IsNotFound(string path)
    {
        await using var shop = await Page.StartAsync();
        using var response = await shop.Client.GetAsync(
            new Uri(shop.Service.Address + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
