using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Tests.Proxy.Pipeline;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/../../b", "/b")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData(@"/a\..\b", "/b")]
    [InlineData("/a//b", "/a//b")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/.hidden", "/.hidden")]
    [InlineData("/a/...", "/a/...")]
    public void Normalize_DotsAndBackslashes_GoneWithoutDecoding(string path, string expected) => Assert.Equal(expected, RequestTarget.Normalize(path));

    [Theory]
    [InlineData("/a%20b?q=%0d%0a", "/a%20b", "?q=%0d%0a")]
    [InlineData("/?", "/", "?")]
    [InlineData("/a?b?c", "/a", "?b?c")]
    [InlineData("/a#b?c", "/a", "")]
    [InlineData("/a?b#c", "/a", "?b")]
    [InlineData("//shop/a", "//shop/a", "")]
    public void Read_OriginForm_AsItCame(string target, string path, string query) => AssertRead(RequestTargetForm.Origin, path, query, "GET", target);

    [Theory]
    [InlineData("http://shop/a%20HTTP/1.1%0d%0aHost:%20a?q=%20", "/a%20HTTP/1.1%0d%0aHost:%20a", "?q=%20")]
    [InlineData("http://shop", "/", "")]
    [InlineData("http://shop/", "/", "")]
    [InlineData("http://shop?q=/", "/", "?q=/")]
    [InlineData("http://shop:80#a", "/", "")]
    [InlineData("http://user@shop/a", "/a", "")]
    [InlineData("http://[::1]:80/a", "/a", "")]
    [InlineData(@"http://shop\a/../b", "/b", "")]
    [InlineData("HTTPS://shop/%C3%A9", "/%C3%A9", "")]
    [InlineData("http://shop/http://other/b", "/http://other/b", "")]
    public void Read_AbsoluteForm_PathAsItCame(string target, string path, string query) => AssertRead(RequestTargetForm.Absolute, path, query, "GET", target);

    [Theory]
    [InlineData("OPTIONS", "*", nameof(RequestTargetForm.Asterisk))]
    [InlineData("GET", "*", nameof(RequestTargetForm.Asterisk))]
    [InlineData("CONNECT", "shop:80", nameof(RequestTargetForm.Authority))]
    [InlineData("GET", "shop:80", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "://shop/a", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "/a b", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "/a\tb", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "/a\r\nb", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "/a\u007f", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "/?\u00e9", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "http://shop/\u00e9", nameof(RequestTargetForm.Invalid))]
    [InlineData("CONNECT", "sh\u00f6p:80", nameof(RequestTargetForm.Invalid))]
    public void Read_WithoutPath_FormOnly(string method, string target, string form) => AssertRead(Enum.Parse<RequestTargetForm>(form), "", "", method, target);

    private static void AssertRead(RequestTargetForm form, string path, string query, string method, string target) =>
        Assert.Equal(new RequestTarget(form, path, query), RequestTarget.Read(method, target));
}
