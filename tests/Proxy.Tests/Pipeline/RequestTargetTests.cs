using Bookinfo.Mesh.Proxy.Pipeline;

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
}
