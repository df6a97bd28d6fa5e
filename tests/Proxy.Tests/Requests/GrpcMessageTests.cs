using System.Text;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Tests.Proxy.Pipeline;

public sealed class GrpcMessageTests
{
    [Theory]
    [InlineData("no healthy upstream", "no healthy upstream")]
    [InlineData("reset reason: overflow/~", "reset reason: overflow/~")]
    [InlineData("100% gone", "100%25 gone")]
    [InlineData("two\nlines\u007f", "two%0Alines%7F")]
    [InlineData("größe", "gr%C3%B6%C3%9Fe")]
    public void Escape_PrintableAsciiStays_OtherBytesEscaped(string text, string expected) =>
        Assert.Equal(expected, GrpcMessage.Escape(Encoding.UTF8.GetBytes(text)));
}
