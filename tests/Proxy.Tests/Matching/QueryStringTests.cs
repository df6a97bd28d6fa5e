using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Tests.Proxy.Matching;

public sealed class QueryStringTests
{
    [Theory]
    [InlineData("a=1&b=2", "b", "2")]
    [InlineData("a=1&a=2", "a", "1")]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("a=b=c", "a", "b=c")]
    [InlineData("x=%20", "x", "%20")]
    public void TryGet_Present_FirstValueUndecoded(string query, string name, string expected)
    {
        Assert.True(QueryString.TryGet(query, name, out var value));
        Assert.Equal(expected, value.ToString());
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("ab=1", "a")]
    [InlineData("A=1", "a")]
    public void TryGet_Absent_False(string query, string name) => Assert.False(QueryString.TryGet(query, name, out _));
}
