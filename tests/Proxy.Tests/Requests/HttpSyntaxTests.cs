using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Tests.Proxy.Requests;

public sealed class HttpSyntaxTests
{
    [Theory]
    [InlineData("/a/%20?b=c#d", "/a/%20?b=c#d")]
    [InlineData("/a b\t", "/a%20b%09")]
    [InlineData("/\u00fc\u65e5\ud83d\ude00", "/%C3%BC%E6%97%A5%F0%9F%98%80")]
    [InlineData("/\u007f\u0001", "/%7F%01")]
    public void EncodeTarget_OutsideVisibleAscii_PercentEncodedUtf8(string text, string expected) =>
        Assert.Equal(expected, HttpSyntax.EncodeTarget(text));

    [Theory]
    [InlineData("/a\r")]
    [InlineData("/a\nb")]
    [InlineData("/a\0")]
    public void EncodeTarget_LineBreakOrNul_Refused(string text) => Assert.Throws<ArgumentException>(() => HttpSyntax.EncodeTarget(text));

    [Fact]
    public void IsTarget_EachCharacter_VisibleAsciiOnly() => Assert.Equal(
        Enumerable.Range(0x21, 0x7E - 0x21 + 1), Enumerable.Range(0, 0x10000).Where(each => HttpSyntax.IsTarget([(char)each])));

    [Fact]
    public void Escape_ControlCharacters_Visible() => Assert.Equal(@"a\x1b[31m\x0db", HttpSyntax.Escape("a\u001b[31m\rb"));
}
