using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Explaining;

public sealed class ExplainerTests
{
    private const string Jason = Rules.ReviewsSubsets + """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - match: [{sourceLabels: {app: ratings}}, {headers: {end-user: {exact: jason}}}]
            route: [{destination: {host: reviews, subset: v2}}]
          - name: rest
            timeout: 2s
            route:
            - {destination: {host: reviews, subset: v1}, weight: 90}
            - {destination: {host: reviews, subset: v3}, weight: 10}
          - route: [{destination: {host: reviews}}]
        """;

    private static async Task<TestMesh> StartAsync(string rules)
    {
        var mesh = new TestMesh();
        foreach (var version in (string[])["v1", "v2"])
        {
            await mesh.AddAsync("reviews", version);
        }

        await mesh.StartAsync(rules);
        return mesh;
    }

    private static Explanation Explain(TestMesh mesh, string url, string from = "productpage-v1", params (string, string)[] headers) =>
        mesh.Server.Explain(new ExplainRequest(from, "GET", new Uri(url),
            [.. headers.Select(header => KeyValuePair.Create(header.Item1, header.Item2))]));

    [Fact]
    public async Task Explain_HeaderDecides_EachRuleWithItsVerdictAndReason()
    {
        await using var mesh = await StartAsync(Jason);

        var explanation = Explain(mesh, "http://reviews:9080/reviews/0");

        Assert.Equal("reviews.default.svc.cluster.local:9080", explanation.VirtualHost);
        Assert.Equal(
            [RuleVerdict.NotForCaller, RuleVerdict.PassedOver, RuleVerdict.Taken, RuleVerdict.NotReached],
                explanation.Rules.Select(rule => rule.Verdict));
        Assert.Equal("the caller's label app must be \"ratings\"; it is \"productpage\"", explanation.Rules[0].Reasons.Single());
        Assert.Equal("header end-user must be exact \"jason\"; it is absent", explanation.Rules[1].Reasons.Single());
        Assert.Equal("spec.http[1]", explanation.Rules[2].Path);
        Assert.Equal("test.yaml", explanation.Rules[2].File);
        Assert.True(explanation.Rules[2].Line > 0);
        Assert.Contains("all tries together have 2 s, then 504 (flag UT)", explanation.Steps);
        Assert.Equal([90.0, 10.0], explanation.Destinations.Select(destination => destination.Percent));
        Assert.Equal("reviews-v1-0", explanation.Destinations[0].Pods.Single().Name);
        Assert.Equal("no pod carries the labels of the subset", explanation.Destinations[1].Problem);
        Assert.Null(explanation.Status);
    }

    [Fact]
    public async Task Explain_HeaderGiven_OtherRule()
    {
        await using var mesh = await StartAsync(Jason);

        var explanation = Explain(mesh, "http://reviews:9080/", headers: ("end-user", "jason"));

        Assert.Equal("outbound|9080|v2|reviews.default.svc.cluster.local", explanation.Destinations.Single().Cluster);
        Assert.Contains("100 % to reviews.default.svc.cluster.local subset v2 (1 pod)", explanation.ToString(), StringComparison.Ordinal);
    }

    /// <summary><c>cluster_not_found_response_code</c> of routes that istiod makes of the Gateway API.</summary>
    [Fact]
    public async Task Explain_BackendOfTheGatewayApiThatDoesNotExist_500WithNC()
    {
        await using var mesh = await StartAsync("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: reviews}
            spec:
              parentRefs: [{group: "", kind: Service, name: reviews}]
              rules: [{backendRefs: [{name: nowhere, port: 9080}]}]
            """);

        var explanation = Explain(mesh, "http://reviews:9080/");

        Assert.Equal((500, "NC"), (explanation.Status, explanation.ResponseFlag));
        Assert.StartsWith("100 % answered 500: no service has the host nowhere", explanation.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_UnknownSubset_503WithNC()
    {
        await using var mesh = await StartAsync(Jason.Replace("subset: v2", "subset: v9", StringComparison.Ordinal));

        var explanation = Explain(mesh, "http://reviews:9080/", headers: ("end-user", "jason"));

        Assert.Equal((503, "NC"), (explanation.Status, explanation.ResponseFlag));
        Assert.Contains("no DestinationRule for reviews.default.svc.cluster.local names the subset v9", explanation.Outcome,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ServiceWithoutRules_AllItsPods()
    {
        await using var mesh = await StartAsync("");

        var explanation = Explain(mesh, "http://reviews.default/");

        Assert.Equal("default", explanation.Rules.Single().Rule);
        Assert.Equal(2, explanation.Destinations.Single().Pods.Count);
    }

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/json", false)]
    public async Task Explain_GrpcToAPortCalledHttp_SaysThatItFails(string contentType, bool said)
    {
        await using var mesh = await StartAsync("");

        var steps = mesh.Server.Explain(new ExplainRequest(
            "productpage-v1", "POST", new Uri("http://reviews:9080/"), [new("content-type", contentType)])).Steps;

        Assert.Equal(said, steps.Any(step => step.Contains("call the port grpc", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Explain_UnknownHost_PassesThroughOr404AtTheGateway()
    {
        await using var mesh = await StartAsync("");

        Assert.Contains("passes through", Explain(mesh, "http://elsewhere.example/").Outcome, StringComparison.Ordinal);
        Assert.Equal((404, "NR"),
            (Explain(mesh, "http://elsewhere.example/", "gateway").Status,
                Explain(mesh, "http://elsewhere.example/", "gateway").ResponseFlag));
    }

    [Fact]
    public async Task Explain_CallerNobodyKnows_SaysWhoIsKnown()
    {
        await using var mesh = await StartAsync("");

        Assert.Contains("productpage-v1-0", Assert.Throws<ArgumentException>(() => Explain(mesh, "http://reviews/", "nobody")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_DestinationThatWasNotUsed_DoesNotBeginItsUse()
    {
        await using var mesh = await StartAsync(Jason);

        Explain(mesh, "http://reviews:9080/reviews/0", headers: ("content-type", "application/grpc"));

        Assert.Empty(mesh.Server.Endpoints());
        var metrics = new StringWriter();
        mesh.Server.WriteMetrics(metrics);
        Assert.DoesNotContain("reviews", metrics.ToString(), StringComparison.Ordinal);
    }
}
