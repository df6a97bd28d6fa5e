using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Tests.Proxy.Matching;

public sealed class StringMatcherTests
{
    [Theory]
    [InlineData("/reviews", "/reviews", true)]
    [InlineData("/reviews", "/reviews/", false)]
    [InlineData("/reviews", "/Reviews", false)]
    public void Matches_Exact_WholeTextWithCase(string exact, string value, bool expected) =>
        Assert.Equal(expected, StringMatchers.Create(new StringMatch { Exact = exact })!.Matches(value));

    [Theory]
    [InlineData("/rev", "/reviews", true)]
    [InlineData("/reviews/", "/reviews", false)]
    [InlineData("", "", true)]
    public void Matches_Prefix_PlainStringNotSegments(string prefix, string value, bool expected) =>
        Assert.Equal(expected, new PrefixMatcher(prefix).Matches(value));

    [Theory]
    [InlineData("exact")]
    [InlineData("prefix")]
    public void Matches_IgnoreCase_TouchesExactAndPrefix(string kind)
    {
        var match = kind == "exact" ? new StringMatch { Exact = "/Reviews" } : new StringMatch { Prefix = "/Reviews" };

        Assert.True(StringMatchers.Create(match, ignoreCase: true)!.Matches("/rEVIEWS"));
    }

    [Fact]
    public void Matches_IgnoreCase_LeavesRegexAlone() =>
        Assert.False(StringMatchers.Create(new StringMatch { Regex = "/reviews" }, ignoreCase: true)!.Matches("/REVIEWS"));

    [Fact]
    public void Create_NothingOrStar_AsksForPresence()
    {
        Assert.Null(StringMatchers.Create(new StringMatch()));
        Assert.Null(StringMatchers.Create(new StringMatch { Regex = "*" }));
    }
}
