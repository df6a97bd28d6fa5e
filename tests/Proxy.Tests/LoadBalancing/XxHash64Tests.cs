using System.Text;
using Bookinfo.Mesh.Proxy.LoadBalancing;

namespace Bookinfo.Tests.Proxy.LoadBalancing;

public sealed class XxHash64Tests
{
    /// <summary>
    /// Values of the reference implementation (Cyan4973/xxHash, the sanity checks of <c>xxhsum</c>, and published vectors).
    /// </summary>
    [Theory]
    [InlineData("", 0UL, 0xEF46DB3751D8E999UL)]
    [InlineData("a", 0UL, 0xD24EC4F1A98C6E5BUL)]
    [InlineData("abc", 0UL, 0x44BC2CF5AD770999UL)]
    [InlineData("Nobody inspects the spammish repetition", 0UL, 0xFBCEA83C8A378BF1UL)]
    [InlineData("xxhash", 0UL, 0x32DD38952C4BC720UL)]
    [InlineData("xxhash", 20141025UL, 0xB559B98D844E0635UL)]
    public void Of_KnownTexts_TheReferencesValues(string text, ulong seed, ulong expected)
    {
        Assert.Equal(expected, XxHash64.Of(text, seed));
        Assert.Equal(expected, XxHash64.Of(Encoding.UTF8.GetBytes(text), seed));
    }
}
