using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Tests.Proxy.Requests;

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
    public void Normalize_DotsAndBackslashes_GoneWithoutDecoding(string path, string expected) =>
        Assert.Equal(expected, RequestTarget.Normalize(path));

    [Theory]
    [InlineData("/a%20b?q=%0d%0a", "/a%20b", "?q=%0d%0a")]
    [InlineData("/?", "/", "?")]
    [InlineData("/a?b?c", "/a", "?b?c")]
    [InlineData("/a#b?c", "/a", "")]
    [InlineData("/a?b#c", "/a", "?b")]
    [InlineData("//shop/a", "//shop/a", "")]
    public void Read_OriginForm_AsItCame(string target, string path, string query) =>
        AssertRead(RequestTargetForm.Origin, path, query, "GET", target);

    [Theory]
    [InlineData("http://shop/a%20HTTP/1.1%0d%0aHost:%20a?q=%20", "/a%20HTTP/1.1%0d%0aHost:%20a", "?q=%20")]
    [InlineData("http://shop", "/", "")]
    [InlineData("http://shop/", "/", "")]
    [InlineData("http://shop?q=/", "/", "?q=/")]
    [InlineData("http://user@shop/a", "/a", "")]
    [InlineData("http://[::1]:80/a", "/a", "")]
    [InlineData("HTTPS://shop/%C3%A9", "/%C3%A9", "")]
    [InlineData("http://shop/http://other/b", "/http://other/b", "")]
    public void Read_AbsoluteForm_PathAsItCame(string target, string path, string query) =>
        AssertRead(RequestTargetForm.Absolute, path, query, "GET", target);

    [Theory]
    [InlineData("OPTIONS", "*", nameof(RequestTargetForm.Asterisk))]
    [InlineData("GET", "*", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "http://shop:80#a", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", @"http://shop\a", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "http:///a", nameof(RequestTargetForm.Invalid))]
    [InlineData("GET", "ftp://shop/a", nameof(RequestTargetForm.Invalid))]
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
    public void Read_WithoutPath_FormOnly(string method, string target, string form) =>
        AssertRead(Enum.Parse<RequestTargetForm>(form), "", "", method, target);

    [Fact]
    public void Read_AbsoluteForm_SchemeAndAuthorityToo()
    {
        var target = RequestTarget.Read("GET", "HTTPS://user@Shop:8080/a");

        Assert.Equal("https", target.Scheme);
        Assert.Equal("user@Shop:8080", target.Authority);
    }

    [Theory]
    [InlineData("/a?b", nameof(RequestTargetForm.Origin))]
    [InlineData("http://shop/a", nameof(RequestTargetForm.Invalid))]
    [InlineData("a", nameof(RequestTargetForm.Invalid))]
    [InlineData("", nameof(RequestTargetForm.Invalid))]
    public void ReadHttp2_Path_NoOtherForm(string path, string form) =>
        Assert.Equal(Enum.Parse<RequestTargetForm>(form), RequestTarget.ReadHttp2("GET", path).Form);

    private static void AssertRead(RequestTargetForm form, string path, string query, string method, string target)
    {
        var read = RequestTarget.Read(method, target);
        Assert.Equal((form, path, query), (read.Form, read.Path, read.Query));
    }
}
