using Bookinfo.ProductPage.Sessions;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ProductPage.Sessions;

public sealed class CrossOriginTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("same-origin", null, false)]
    [InlineData("none", null, false)]
    [InlineData("same-origin", "http://elsewhere.example", false)]
    [InlineData("cross-site", null, true)]
    [InlineData("same-site", null, true)]
    [InlineData("cross-site", "http://shop.example:8080", true)]
    [InlineData(null, "http://shop.example:8080", false)]
    [InlineData(null, "https://shop.example:8080", false)]
    [InlineData(null, "http://SHOP.example:8080", false)]
    [InlineData(null, "http://shop.example", true)]
    [InlineData(null, "http://evil.example", true)]
    [InlineData(null, "http://shop.example:8080.evil.example", true)]
    [InlineData(null, "null", true)]
    [InlineData(null, "nonsense", true)]
    public void IsForeign_BrowsersHeaders_TellsWhoMadeIt(string? fetchSite, string? origin, bool foreign) =>
        Assert.Equal(foreign, CrossOrigin.IsForeign(Request("shop.example:8080", fetchSite, origin)));

    [Theory]
    [InlineData("shop.example", "http://shop.example")]
    [InlineData("shop.example:80", "http://shop.example")]
    [InlineData("shop.example:443", "https://shop.example")]
    [InlineData("[::1]:8080", "http://[::1]:8080")]
    public void IsForeign_OwnHostWrittenOtherwise_IsNot(string host, string origin) =>
        Assert.False(CrossOrigin.IsForeign(Request(host, null, origin)));

    private static HttpRequest Request(string host, string? fetchSite, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString(host);
        request.Headers.Origin = origin;
        request.Headers["Sec-Fetch-Site"] = fetchSite;
        return request;
    }
}
