using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Matching;

public sealed class HeaderMatcherTests
{
    private static RequestInfo Request(params string[] endUser)
    {
        var headers = new HeaderDictionary();
        if (endUser.Length > 0)
        {
            headers["end-user"] = endUser;
        }

        return new RequestInfo("GET", "http", "reviews", "/", "", headers);
    }

    [Fact]
    public void Matches_Presence_AnyValueEvenEmpty()
    {
        var matcher = new HeaderMatcher("end-user", null, inverted: false);

        Assert.True(matcher.Matches(Request("")));
        Assert.False(matcher.Matches(Request()));
    }

    [Fact]
    public void Matches_InvertedPresence_OnlyWithoutHeader()
    {
        var matcher = new HeaderMatcher("end-user", null, inverted: true);

        Assert.False(matcher.Matches(Request("jason")));
        Assert.True(matcher.Matches(Request()));
    }

    [Fact]
    public void Matches_Inverted_MissingHeaderCountsAsEmpty()
    {
        Assert.True(new HeaderMatcher("end-user", new ExactMatcher("jason"), inverted: true).Matches(Request()));
        Assert.False(new HeaderMatcher("end-user", new RegexMatcher(".*"), inverted: true).Matches(Request()));
    }

    [Fact]
    public void Matches_NotInverted_MissingHeaderNeverMatches() =>
        Assert.False(new HeaderMatcher("end-user", new RegexMatcher(".*"), inverted: false).Matches(Request()));

    [Fact]
    public void Matches_SeveralValues_ComparedJoinedByComma()
    {
        Assert.True(new HeaderMatcher("end-user", new ExactMatcher("a,b"), inverted: false).Matches(Request("a", "b")));
        Assert.False(new HeaderMatcher("end-user", new ExactMatcher("a"), inverted: false).Matches(Request("a", "b")));
    }

    [Fact]
    public void Matches_NameInOtherCase_Found() =>
        Assert.True(new HeaderMatcher("End-User", new ExactMatcher("jason"), inverted: false).Matches(Request("jason")));
}
