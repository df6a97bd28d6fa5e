using Bookinfo.ProductPage.Sessions;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ProductPage.Sessions;

public sealed class WayBackTests
{
    [Theory]
    [InlineData("http://shop.example/productpage", "/productpage")]
    [InlineData("http://shop.example/productpage?u=normal", "/productpage?u=normal")]
    [InlineData("http://shop.example/", "/")]
    [InlineData("http://shop.example/index.html", "/index.html")]
    public void From_PageOfOurs_IsThatPage(string referer, string expected) => Assert.Equal(expected, From(referer));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("/relative")]
    [InlineData("http://shop.example/login")]
    [InlineData("http://shop.example/logout")]
    [InlineData("http://evil.example/steal")]
    [InlineData("http://shop.example//evil.example/")]
    [InlineData("http://shop.example//evil.example/productpage")]
    [InlineData("http://shop.example/\\evil.example")]
    [InlineData("http://shop.example/%2f%2fevil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,/productpage")]
    [InlineData("//evil.example/productpage/..//")]
    public void From_AnythingElse_IsTheBook(string? referer) => Assert.Equal("/productpage", From(referer));

    [Theory]
    [InlineData("http://evil.example/productpage")]
    [InlineData("http://evil.example/")]
    [InlineData("http://shop.example:81/index.html")]
    [InlineData("http://shop.example.evil.example/productpage?x")]
    [InlineData("https://shop.example@evil.example/productpage?x")]
    public void From_ForeignHost_IsTheBook(string referer) => Assert.Equal("/productpage", From(referer));

    [Theory]
    [InlineData("http://shop.example/productpage?u=a\r\nSet-Cookie: x=y")]
    [InlineData("http://shop.example/productpage?x=%0d%0aSet-Cookie:%20x=y")]
    public void From_LineBreaks_DoNotSurvive(string referer) => Assert.DoesNotContain('\n', From(referer));

    private static string From(string? referer)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("shop.example");
        request.Headers.Referer = referer;
        return WayBack.From(request);
    }
}
