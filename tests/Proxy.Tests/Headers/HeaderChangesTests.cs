using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Headers;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Headers;

public sealed class HeaderChangesTests
{
    [Fact]
    public void Apply_TwoPercentSignsInARule_AreOneInTheHeader() => Assert.Equal("100%", Applied(HeaderChanges.Of(Set("x", "100%%")))["x"]);

    /// <summary>Headers are read and written with a character for each byte.</summary>
    [Fact]
    public void Apply_ValueBeyondAscii_Utf8OnTheWire() =>
        Assert.Equal("gr\u00c3\u00bcn", Applied(HeaderChanges.Of(Set("x", "gr\u00fcn")))["x"]);

    [Theory]
    [InlineData("content-length", "5")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("connection", "close")]
    [InlineData("upgrade", "websocket")]
    [InlineData("x", "1\r\nevil: 1")]
    [InlineData("x", "a\0")]
    [InlineData("x", "a\u007f")]
    [InlineData("x y", "1")]
    [InlineData("x:", "1")]
    [InlineData("x\r\ny", "1")]
    [InlineData("", "1")]
    public void For_HeaderThatCannotBeWritten_Refused(string name, string value)
    {
        Assert.Throws<ArgumentException>(() => HeaderChanges.Of(Set(name, value)));
        Assert.Throws<ArgumentException>(() =>
            HeaderChanges.Of(new HeaderOperations { Add = new Dictionary<string, string> { [name] = value } }));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\r\nb")]
    [InlineData("a/b")]
    [InlineData("b\u00fccher.example")]
    public void Authority_NotAHost_Refused(string authority)
    {
        Assert.Throws<ArgumentException>(() => HeaderChanges.Authority(Set("host", authority)));
        Assert.Throws<ArgumentException>(() => HeaderChanges.CheckAuthority(authority));
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("shop.example:8080")]
    [InlineData("[::1]:80")]
    [InlineData("my_shop")]
    public void Authority_Host_Taken(string authority) => Assert.Equal(authority, HeaderChanges.Authority(Set(":authority", authority)));

    private static HeaderOperations Set(string name, string value) => new() { Set = new Dictionary<string, string> { [name] = value } };

    private static HeaderDictionary Applied(HeaderChanges? changes)
    {
        var headers = new HeaderDictionary();
        changes!.Apply(headers);
        return headers;
    }
}
