using Bookinfo.Mesh.Lab.Network;

namespace Bookinfo.Tests.Lab.Network;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("8080", "127.0.0.1:8080")]
    [InlineData(":8080", "127.0.0.1:8080")]
    [InlineData("localhost:8080", "127.0.0.1:8080")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    [InlineData("*:80", "0.0.0.0:80")]
    [InlineData("[::1]:8080", "[::1]:8080")]
    [InlineData("http://127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("HTTP://localhost:8080/", "127.0.0.1:8080")]
    [InlineData("127.9.0.1:0", "127.9.0.1:0")]
    public void TryParse_WaysPeopleWriteIt_ReadsIt(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, out var endpoint, out _));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("1:80")]
    [InlineData("::1:80")]
    [InlineData("http://127.0.0.1:8080/console")]
    public void TryParse_NoAddress_SaysWhatWouldBeRight(string text)
    {
        Assert.False(ListenAddress.TryParse(text, out _, out var error));
        Assert.Contains($"'{text}'", error, StringComparison.Ordinal);
        Assert.Contains("HOST:PORT", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_Https_SaysThatThereIsNoTls()
    {
        Assert.False(ListenAddress.TryParse("https://127.0.0.1:8443", out _, out var error));
        Assert.Contains("TLS", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0:8080", "http://127.0.0.1:8080")]
    [InlineData("[::]:8080", "http://[::1]:8080")]
    [InlineData("127.0.0.1:8080", "http://127.0.0.1:8080")]
    public void ToUrl_AnyAddress_IsReachedOnLoopback(string listen, string expected) =>
        Assert.Equal(expected, ListenAddress.ToUrl(System.Net.IPEndPoint.Parse(listen)));
}
