using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Analysis.Migration;

public sealed class RuleMigrationTests
{
    private const string ToV1 = "- route:\n  - destination: {host: reviews, subset: v1}";

    [Fact]
    public void Migrate_SubsetsByWeight_AreServicesByWeight()
    {
        var result = Migrated.Of("""
            - route:
              - {destination: {host: reviews, subset: v1}, weight: 90}
              - {destination: {host: reviews, subset: v2}, weight: 10}
            """);

        Assert.True(result.IsComplete, string.Join('\n', result.Findings));
        Assert.Equal("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: reviews
            spec:
              parentRefs:
              - group: ""
                kind: Service
                name: reviews
              rules:
              - backendRefs:
                - name: reviews-v1
                  port: 9080
                  weight: 90
                - name: reviews-v2
                  port: 9080
                  weight: 10

            """, result.Yaml());
    }

    [Fact]
    public void Migrate_Subset_GetsAServiceWithItsSelector()
    {
        var service = Assert.Single(Migrated.Of(ToV1).Services);

        Assert.Equal("""
            apiVersion: v1
            kind: Service
            metadata:
              name: reviews-v1
            spec:
              selector:
                app: reviews
                version: v1
              ports:
              - name: http
                port: 9080
                appProtocol: http

            """, RuleWriter.Write([service]));
    }

    [Theory]
    [InlineData("uri: {exact: /a}", "path {Exact /a}")]
    [InlineData("uri: {prefix: /a}", "path {RegularExpression /a.*}")]
    [InlineData("uri: {prefix: /a.b/}", @"path {RegularExpression /a\.b/.*}")]
    [InlineData("uri: {prefix: /}", "")]
    [InlineData("uri: {regex: '/items/[0-9]+'}", "path {RegularExpression /items/[0-9]+}")]
    [InlineData("uri: {exact: /A}, ignoreUriCase: true", "path {RegularExpression (?i:/A)}")]
    [InlineData("uri: {exact: /a//b}", "path {RegularExpression /a//b}")]
    [InlineData("method: {exact: POST}", "POST")]
    [InlineData("headers: {end-user: {exact: jason}}", "end-user {Exact jason}")]
    [InlineData("headers: {end-user: {prefix: j.}}", @"end-user {RegularExpression j\..*}")]
    [InlineData("headers: {end-user: {}}", "end-user {RegularExpression .*}")]
    [InlineData("queryParams: {page: {exact: '2'}}", "?page {Exact 2}")]
    [InlineData("queryParams: {page: {regex: '[0-9]+'}}", "?page {RegularExpression [0-9]+}")]
    public void Migrate_Match_AsksTheSame(string match, string expected)
    {
        var result = Migrated.Of($"- match: [{{{match}}}]\n  route:\n  - destination: {{host: reviews, subset: v2}}");

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(expected, Text(Assert.Single(Assert.IsType<HttpRoute>(Assert.Single(result.Resources)).Rules).Matches));
    }

    [Fact]
    public void Migrate_MethodByExpression_BecomesAMatchForEach()
    {
        var result = Migrated.Of("- match: [{method: {regex: 'GET|HEAD'}}]\n  route:\n  - destination: {host: reviews, subset: v2}");

        Assert.True(result.IsComplete);
        Assert.Equal("GET or HEAD", Text(Assert.IsType<HttpRoute>(Assert.Single(result.Resources)).Rules[0].Matches));
    }

    [Theory]
    [InlineData("withoutHeaders: {x: {exact: '1'}}", "withoutHeaders")]
    [InlineData("sourceLabels: {app: page}", "sourceLabels")]
    [InlineData("sourceNamespace: prod", "sourceNamespace")]
    [InlineData("scheme: {exact: https}", "scheme")]
    [InlineData("authority: {exact: reviews}", "authority")]
    [InlineData("headers: {':method': {exact: GET}}", "headers[\":method\"]")]
    [InlineData("method: {exact: PURGE}", "method")]
    public void Migrate_ConditionWithoutCounterpart_IsRefusedAndStays(string match, string path)
    {
        var result = Migrated.Of($"- match: [{{{match}}}]\n  route:\n  - destination: {{host: reviews, subset: v2}}");

        Assert.Empty(result.Resources);
        Assert.False(result.IsComplete);
        Assert.True(result.Proof.AreEquivalent);
        Assert.Equal([$"spec.http[0].match[0].{path}"], result.Findings.Select(finding => finding.Path));
    }

    [Theory]
    [InlineData("fault: {abort: {httpStatus: 500, percentage: {value: 10}}}", "fault", "fault")]
    [InlineData("retries: {attempts: 5}", "retries", "retries")]
    [InlineData("corsPolicy: {allowOrigins: [{exact: 'https://a.example'}]}", "corsPolicy", "CORS")]
    public void Migrate_FieldWithoutCounterpart_IsListedAndShownByTheProof(string field, string path, string aspect)
    {
        var result = Migrated.Of($"{ToV1}\n  {field}");

        Assert.Contains(result.Findings, finding => finding.Path.StartsWith($"spec.http[0].{path}", StringComparison.Ordinal));
        Assert.Equal([aspect], Assert.Single(result.Proof.Differences).Changes.Select(change => change.Aspect));
    }

    [Fact]
    public void Migrate_DirectResponse_IsListedAndShownByTheProof()
    {
        var result = Migrated.Of("- directResponse: {status: 503}");

        Assert.Equal("spec.http[0].directResponse", Assert.Single(result.Findings).Path);
        var change = Assert.Single(Assert.Single(result.Proof.Differences).Changes);
        Assert.Equal(("the mesh answers 503", "the mesh answers 500"), (change.Before, change.After));
    }

    [Theory]
    [InlineData("timeout: 3s")]
    [InlineData("rewrite: {authority: other.example}")]
    [InlineData("headers: {request: {set: {X-A: '1%%'}, remove: [X-B]}, response: {add: {x: '2'}}}")]
    [InlineData("headers: {request: {set: {Host: other.example}}}")]
    [InlineData("mirror: {host: reviews, subset: v2}")]
    [InlineData("mirrors: [{destination: {host: reviews, subset: v2}, percentage: {value: 0.5}}]")]
    [InlineData("corsPolicy: {allowOrigins: [{exact: 'https://a.example'}], maxAge: 24h, unmatchedPreflights: IGNORE}")]
    public void Migrate_FieldWithCounterpart_ComesOver(string field)
    {
        var result = Migrated.Of($"{ToV1}\n  {field}");

        Assert.True(result.IsComplete, string.Join('\n', [.. result.Told(), .. result.Proof.Differences
            .SelectMany(difference => difference.Changes).Select(change => change.ToString())]));
    }

    [Theory]
    [InlineData("uri: {exact: /a}", "rewrite: {uri: /b}", true)]
    [InlineData("uri: {regex: '/a.*'}", "rewrite: {uri: /b}", true)]
    [InlineData("uri: {prefix: /a/}", "rewrite: {uri: /b/}", false)]
    [InlineData("uri: {prefix: /a/}", "rewrite: {uri: /}", false)]
    public void Migrate_Rewrite_ReplacesPathOrPrefix(string match, string rewrite, bool isComplete)
    {
        var result = Migrated.Of($"- match: [{{{match}}}]\n  route:\n  - destination: {{host: reviews, subset: v2}}\n  {rewrite}");

        Assert.Equal(isComplete, result.IsComplete);
        Assert.Empty(result.Proof.Undecided);

        // A prefix of segments takes the path without a slash at its end too.
        Assert.Equal(isComplete ? [] : ["/a"], result.Proof.Differences.Select(difference => difference.Example.Path));
    }

    [Fact]
    public void Migrate_PathPrefixAskedFor_IsWrittenAndWhatItNoLongerTakesIsShown()
    {
        var result = Migrated.Of("- match: [{uri: {prefix: /a}}]\n  route:\n  - destination: {host: reviews, subset: v2}", true);

        Assert.Equal("path {PathPrefix /a}", Text(Assert.IsType<HttpRoute>(Assert.Single(result.Resources)).Rules[0].Matches));
        Assert.Equal("/aa", Assert.Single(result.Proof.Differences).Example.Path);
        Assert.Equal(["lost spec.http[0].match[0].uri.prefix: paths such as /ax are no longer taken: a prefix of the Gateway API ends where "
            + "a segment ends"], result.Told());
    }

    [Fact]
    public void Migrate_SubsetThatNoDestinationRuleNames_IsRefused() =>
        Assert.Equal("spec.http[0].route[0].destination.subset",
            Assert.Single(Migrated.Of("- route:\n  - destination: {host: reviews, subset: v9}").Findings).Path);

    [Fact]
    public void Migrate_Policies_AreListedAsLost()
    {
        var rules = Cluster.Reviews(ToV1);
        var result = Migrated.Of(rules with
        {
            DestinationRules = [rules.DestinationRules[0] with
            {
                TrafficPolicy = new TrafficPolicy { OutlierDetection = new OutlierDetection { Consecutive5xxErrors = 3 } },
            }],
        });

        Assert.Equal(["spec.trafficPolicy.outlierDetection"], result.Findings.Select(finding => finding.Path));
        Assert.False(result.Proof.AreEquivalent);
    }

    [Fact]
    public void Migrate_MoreThanSixteenRules_BecomeSeveralRoutes()
    {
        var rules = string.Join('\n', Enumerable.Range(0, 40).Select(i =>
            $"- match: [{{uri: {{exact: /a{i}}}}}]\n  timeout: {i + 1}s\n  route:\n  - destination: {{host: reviews, subset: v2}}"));
        var result = Migrated.Of($"{rules}\n{ToV1}");

        Assert.True(result.IsComplete, string.Join('\n', result.Told()));
        Assert.Equal(["reviews", "reviews-part-02", "reviews-part-03"], result.Resources.Select(resource => resource.Name));
    }

    private static string Text(IReadOnlyList<HttpRouteMatch> matches) => string.Join(" or ", matches.Select(match => string.Join(" and ",
    [
        .. match.Path is { } path ? [$"path {{{path.Type} {path.Value}}}"] : Array.Empty<string>(),
        .. match.Method is { } method ? [method] : Array.Empty<string>(),
        .. match.Headers.Select(Text),
        .. match.QueryParams.Select(parameter => $"?{Text(parameter)}"),
    ])));

    private static string Text(NamedValueMatch match) => $"{match.Name} {{{match.Type ?? ValueMatchType.Exact} {match.Value}}}";
}
