using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Analysis.Diffing;

public sealed class RuleDiffTests
{
    private const string Reviews = "reviews.default.svc.cluster.local:9080";

    private const string V1 = "- route:\n  - destination: {host: reviews, subset: v1}";

    private static string To(string match, string subset, string more = "") =>
        $"- match: [{{{match}}}]\n  route:\n  - destination: {{host: reviews, subset: {subset}}}\n{(more.Length > 0 ? $"  {more}\n" : "")}";

    [Fact]
    public void Compare_SameRules_AreEquivalent() => Assert.True(Compare(V1, V1).AreEquivalent);

    [Fact]
    public void Compare_RulesInAnotherOrderThatNoRequestTells_AreEquivalent() => Assert.True(Compare(
        To("uri: {prefix: /a}", "v2") + To("uri: {prefix: /b}", "v1") + V1,
        To("uri: {prefix: /b}", "v1") + To("uri: {prefix: /a}", "v2") + V1).AreEquivalent);

    [Fact]
    public void Compare_ExpressionThatSaysTheSame_IsEquivalent() => Assert.True(Compare(
        To("uri: {prefix: /a/}", "v2") + V1, To("uri: {regex: '/a/.*'}", "v2") + V1).AreEquivalent);

    [Fact]
    public void Compare_RuleThatIsNeverReached_ChangesNothing() => Assert.True(Compare(
        To("uri: {prefix: /a}", "v2") + V1, To("uri: {prefix: /a}", "v2") + To("uri: {exact: /ab}", "v1") + V1).AreEquivalent);

    [Theory]
    [InlineData("uri: {exact: /a}", "GET /a")]
    [InlineData("uri: {prefix: /a}", "GET /a")]
    [InlineData("uri: {regex: '/items/[0-9]+'}", "GET /items/0")]
    [InlineData("uri: {exact: /A}, ignoreUriCase: true", "GET /a")]
    [InlineData("method: {exact: POST}", "POST /")]
    [InlineData("scheme: {exact: https}", "GET /")]
    [InlineData("authority: {exact: 'reviews.default:9080'}", "GET /")]
    [InlineData("headers: {end-user: {exact: jason}}", "GET / end-user: jason")]
    [InlineData("headers: {end-user: {prefix: j}}", "GET / end-user: j")]
    [InlineData("headers: {end-user: {regex: 'j.*n'}}", "GET / end-user: jn")]
    [InlineData("headers: {end-user: {}}", "GET / end-user: ")]
    [InlineData("queryParams: {page: {exact: '2'}}", "GET /?page=2")]
    [InlineData("uri: {prefix: /a}, method: {exact: PUT}, headers: {x: {exact: '1'}}", "PUT /a x: 1")]
    public void Compare_MatchThatIsNew_IsShownByItsSmallestRequest(string match, string example)
    {
        var difference = Assert.Single(Compare(V1, To(match, "v2") + V1).Differences);

        Assert.Equal(example, Text(difference));
        Assert.Equal(
            [new AspectChange("destination", $"{Reviews} subset v1", $"{Reviews} subset v2")],
            difference.Changes);
        Assert.Equal(["page-v1-1", "reviews-v1-1", "reviews-v2-1", "a pod in default"], difference.Callers);
    }

    [Theory]
    [InlineData("withoutHeaders: {end-user: {exact: jason}}", "GET /")]
    [InlineData("withoutHeaders: {end-user: {}}", "GET /")]
    [InlineData("withoutHeaders: {end-user: {regex: '.*'}}", null)]
    public void Compare_HeaderThatMustNotBe_CountsAsEmptyWhereItIsAbsent(string match, string? example) =>
        Assert.Equal(example, Compare(V1, To(match, "v2") + V1).Differences.Select(Text).SingleOrDefault());

    [Theory]
    [InlineData("timeout: 3s", "timeout", "none", "3s")]
    [InlineData("retries: {attempts: 0}", "retries", "2 on connect-failure,refused-stream,unavailable,cancelled, "
        + "0.025s apart", "none")]
    [InlineData("retries: {attempts: 2, retryIgnorePreviousHosts: false}", "retries",
        "2 on connect-failure,refused-stream,unavailable,cancelled, 0.025s apart",
        "2 on connect-failure,refused-stream,unavailable,cancelled, 0.025s apart, also on pods tried before")]
    [InlineData("fault: {abort: {httpStatus: 500, percentage: {value: 10}}}", "fault", "none", "10 % are answered 500")]
    [InlineData("headers: {request: {set: {x: '1'}}}", "request headers", "none", "set x: 1")]
    [InlineData("headers: {response: {remove: [x]}}", "response headers", "none", "remove x")]
    [InlineData("mirror: {host: reviews, subset: v2}", "mirrors", "none",
        "100 % outbound|9080|v2|reviews.default.svc.cluster.local")]
    [InlineData("rewrite: {uri: /b}", "path", "/", "/b")]
    [InlineData("rewrite: {authority: b}", "Host", "reviews", "b")]
    public void Compare_WayThatChanges_IsTold(string field, string aspect, string before, string after)
    {
        var difference = Assert.Single(Compare(V1, $"{V1}\n  {field}").Differences);

        Assert.Equal([new AspectChange(aspect, before, after)], difference.Changes);
    }

    [Fact]
    public void Compare_CodesThatARuleNamesByHeader_TellWhetherCodesAreRetried()
    {
        const string Codes = "\n  headers: {request: {set: {x-envoy-retriable-status-codes: '409'}}}";
        string Retries(string retryOn) => $"{V1}{Codes}\n  retries: {{attempts: 2, retryOn: '{retryOn}'}}";

        var change = Assert.Single(Assert.Single(Compare(Retries("unavailable,retriable-status-codes"), Retries("unavailable")).Differences)
            .Changes);

        Assert.Equal(("2 on unavailable,retriable-status-codes, 0.025s apart", "2 on unavailable, 0.025s apart"),
            (change.Before, change.After));
    }

    [Fact]
    public void Compare_Weights_AreTold()
    {
        const string Split = "- route:\n  - {destination: {host: reviews, subset: v1}, weight: 90}\n"
            + "  - {destination: {host: reviews, subset: v2}, weight: 10}";

        var change = Assert.Single(Assert.Single(
            Compare(Split, Split.Replace("90", "80", StringComparison.Ordinal).Replace("10", "20", StringComparison.Ordinal)).Differences)
            .Changes);

        Assert.Equal(($"90 % {Reviews} subset v1, 10 % {Reviews} subset v2", $"80 % {Reviews} subset v1, 20 % {Reviews} subset v2"),
            (change.Before, change.After));
    }

    [Fact]
    public void Compare_SwappedOrder_ShowsARequestThatBothMatch()
    {
        var (path, user) = (To("uri: {prefix: /a}", "v1"), To("headers: {end-user: {exact: jason}}", "v2"));

        Assert.Equal("GET /a end-user: jason", Text(Assert.Single(Compare(path + user, user + path).Differences)));
    }

    [Fact]
    public void Compare_RuleThatGoes_IsAnswered404()
    {
        var difference = Assert.Single(Compare(To("uri: {exact: /a}", "v1") + To("uri: {exact: /b}", "v1"), To("uri: {exact: /a}", "v1"))
            .Differences);

        Assert.Equal(("GET /b", null), (Text(difference), difference.After));
        Assert.Contains(new AspectChange("destination", $"{Reviews} subset v1", "no rule matches: the mesh answers 404"),
            difference.Changes);
    }

    [Fact]
    public void Compare_RewriteOfAPrefixAndOfThePath_DifferWhereTheyDiffer()
    {
        var difference = Assert.Single(Compare(
            To("uri: {prefix: /a}", "v1", "rewrite: {uri: /b}") + V1, To("uri: {regex: '/a.*'}", "v1", "rewrite: {uri: /b}") + V1)
                .Differences);

        Assert.Equal("path", Assert.Single(difference.Changes).Aspect);
    }

    [Fact]
    public void Compare_RewriteOfOnePath_IsTheSameHoweverItIsMade() => Assert.True(Compare(
        To("uri: {exact: /a}", "v1", "rewrite: {uri: /b}") + V1,
        To("uri: {exact: /a}", "v1", "rewrite: {uriRegexRewrite: {match: '^/a$', rewrite: /b}}") + V1).AreEquivalent);

    [Fact]
    public void Compare_Caller_IsTold()
    {
        const string Match = "sourceLabels: {app: page}";

        Assert.Equal(["page-v1-1"], Assert.Single(Compare(V1, To(Match, "v2") + V1).Differences).Callers);
    }

    [Fact]
    public void Compare_ExpressionBeyondAutomata_IsUndecided()
    {
        var differences = Compare(V1, To(@"uri: {regex: '/a\b.*'}", "v2") + V1);

        Assert.False(differences.AreEquivalent);
        Assert.Contains("word boundary", Assert.Single(differences.Undecided).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_PathAndQueryTogether_IsUndecided() => Assert.Contains("path and query together",
        Assert.Single(Compare(V1, To("headers: {':path': {prefix: '/a?'}}", "v2") + V1).Undecided).Reason, StringComparison.Ordinal);

    [Fact]
    public void Compare_DestinationRule_IsTold()
    {
        var before = Cluster.Reviews(V1);
        var after = before with
        {
            DestinationRules =
            [
                before.DestinationRules[0] with
                {
                    TrafficPolicy = new TrafficPolicy { OutlierDetection = new OutlierDetection { Consecutive5xxErrors = 3 } },
                },
            ],
        };

        var change = Assert.Single(Assert.Single(RuleDiff.Compare(Cluster.Options, before, after).Differences).Changes);
        Assert.Equal(("circuit breaker", "none"), (change.Aspect, change.Before));
        Assert.Contains("\"consecutive5xxErrors\":3", change.After, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_HostsOfAGateway_AreCutByTheirWildcards()
    {
        static string Shop(string name, string host, string subset) =>
            $"apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: {name}}}\nspec:\n  hosts: ['{host}']\n  gateways: [front]\n"
            + $"  http:\n  - route:\n    - destination: {{host: reviews, subset: {subset}}}\n---\n";
        var wide = Shop("wide", "*.shop.example", "v1");

        var differences = RuleDiff.Compare(Cluster.Options, Cluster.Rules(wide + Cluster.Subsets),
            Cluster.Rules(wide + Shop("narrow", "new.shop.example", "v2") + Cluster.Subsets)).Differences;

        var difference = Assert.Single(differences);
        Assert.Equal("new.shop.example", difference.Example.Authority);
        Assert.Equal(["istio-ingressgateway"], difference.Callers);
    }

    [Fact]
    public void Compare_Text_NamesExampleChangeAndRules()
    {
        using var text = new StringWriter();

        DiffText.Write(Compare(V1, To("headers: {end-user: {exact: jason}}", "v2") + V1), text);

        Assert.Equal(
            $"""
            GET http://reviews/ -H "end-user: jason", from page-v1-1 and 3 other callers
              destination:
                before: {Reviews} subset v1
                after:  {Reviews} subset v2
              by VirtualService/reviews spec.http[0] (rules.yaml:7) before, by VirtualService/reviews spec.http[0].match[0] (rules.yaml:7) after

            1 difference.

            """, text.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Compare_Markdown_IsATable()
    {
        using var text = new StringWriter();

        DiffMarkdown.Write(Compare(V1, To("headers: {end-user: {exact: '<a|b>'}}", "v2") + V1), text);

        Assert.Contains("| <code>GET http://reviews/ -H \"end-user: &lt;a&#124;b&gt;\"</code><br>from page-v1-1 and 3 other callers "
            + $"| destination | {Reviews} subset v1 | {Reviews} subset v2 |", text.ToString(), StringComparison.Ordinal);
    }

    private static string Text(RuleDifference difference) => string.Join(" ",
    [
        $"{difference.Example.Method} {difference.Example.Path}{(difference.Example.Query.Length > 0 ? "?" : "")}"
            + difference.Example.Query,
        .. difference.Example.Headers.Select(header => $"{header.Key}: {header.Value}"),
    ]);

    private static RuleDifferences Compare(string before, string after) =>
        RuleDiff.Compare(Cluster.Options, Cluster.Reviews(before), Cluster.Reviews(after));
}
