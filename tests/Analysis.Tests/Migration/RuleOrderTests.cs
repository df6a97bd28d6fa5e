using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Tests.Analysis.Migration;

/// <summary>First match against most specific match: the order of a VirtualService is kept, or the VirtualService is refused.</summary>
public sealed class RuleOrderTests
{
    private const string Rest = "- route:\n  - destination: {host: reviews, subset: v1}";

    private static string To(string match, string subset) =>
        $"- match: [{{{match}}}]\n  route:\n  - destination: {{host: reviews, subset: {subset}}}\n";

    [Theory]
    [InlineData("uri: {prefix: /}, method: {exact: GET}", "uri: {exact: /a}")]
    [InlineData("headers: {x: {exact: '1'}}", "uri: {exact: /a}")]
    [InlineData("uri: {prefix: /a}", "uri: {exact: /ab}")]
    [InlineData("uri: {prefix: /a}", "uri: {prefix: /ab}, headers: {x: {exact: '1'}}")]
    [InlineData("uri: {prefix: /a}", "headers: {x: {exact: '1'}}")]
    [InlineData("uri: {regex: '/a[0-9]'}", "headers: {x: {exact: '1'}}")]
    [InlineData("uri: {regex: '/a.'}", "uri: {regex: '/a[0-9]'}, headers: {x: {exact: '1'}}")]
    [InlineData("uri: {prefix: /a}", "uri: {regex: '/ab[0-9]+'}")]
    [InlineData("headers: {x: {exact: '1'}}", "headers: {x: {regex: '[0-9]'}, z: {}}")]
    [InlineData("queryParams: {p: {exact: '1'}}", "method: {exact: GET}")]
    public void Migrate_EarlierRuleThatIsLessSpecific_StillComesFirst(string first, string second)
    {
        var result = Migrated.Of(To(first, "v2") + To(second, "v1") + Rest);

        Assert.True(result.IsComplete, string.Join('\n', [.. result.Told(), result.Yaml()]));
    }

    [Fact]
    public void Migrate_OverlapOfTwoRules_GetsAMatchOfItsOwn()
    {
        var result = Migrated.Of(To("headers: {x: {exact: '1'}}", "v2") + To("uri: {exact: /a}", "v1"));

        Assert.True(result.IsComplete);
        Assert.Equal(2, Assert.IsType<HttpRoute>(Assert.Single(result.Resources)).Rules[0].Matches.Count);
    }

    [Fact]
    public void Migrate_RuleThatIsNeverReached_IsLeftOut()
    {
        var result = Migrated.Of(To("uri: {prefix: /a}", "v2") + To("uri: {exact: /ab}", "v1"));

        Assert.True(result.IsComplete);
        Assert.Single(Assert.IsType<HttpRoute>(Assert.Single(result.Resources)).Rules);
    }

    [Fact]
    public void Migrate_ExpressionsThatOverlapInPart_AreRefused()
    {
        var result = Migrated.Of(To("uri: {regex: '/a.*'}", "v2") + To("uri: {regex: '/.*longer'}", "v1") + Rest);

        Assert.Empty(result.Resources);
        Assert.Equal("spec.http[1].match[0]", Assert.Single(result.Findings).Path);
    }

    [Fact]
    public void Migrate_CatchAllBehindAPrefix_ComesAfterIt()
    {
        // A prefix of a VirtualService becomes an expression, and expressions come after the prefix "/".
        var result = Migrated.Of(To("uri: {prefix: /a}", "v2") + Rest);

        Assert.True(result.IsComplete);
        var rules = Assert.IsType<HttpRoute>(Assert.Single(result.Resources)).Rules;
        Assert.Equal(["/a.*", "/.*"], rules.Select(rule => rule.Matches[0].Path!.Value));
    }
}
