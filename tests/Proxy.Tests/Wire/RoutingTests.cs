using System.Net;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Wire;

public sealed class RoutingTests
{
    private static string ReviewsRule(string http) => $"""
        {Rules.ReviewsSubsets}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: reviews
        spec:
          hosts: [reviews]
          http:
        {http}
        """;

    private static async Task<TestMesh> StartAsync(string http)
    {
        var mesh = new TestMesh();
        foreach (var version in (string[])["v1", "v2", "v3"])
        {
            await mesh.AddAsync("reviews", version);
        }

        await mesh.StartAsync(ReviewsRule(http));
        return mesh;
    }

    [Fact]
    public async Task Request_HeaderMatches_TakesThatRoute()
    {
        await using var mesh = await StartAsync("""
              - match: [{headers: {end-user: {exact: jason}}}]
                route: [{destination: {host: reviews, subset: v2}}]
              - route: [{destination: {host: reviews, subset: v3}}]
            """);
        var client = mesh.Client();
        using var jason = new HttpRequestMessage(HttpMethod.Get, "http://reviews:9080/") { Headers = { { "end-user", "jason" } } };

        Assert.Equal("reviews-v3-0", await client.GetStringAsync("http://reviews:9080/"));
        Assert.Equal("reviews-v2-0", await (await client.SendAsync(jason)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Request_NoRuleMatches_404WithNR()
    {
        await using var mesh = await StartAsync("""
              - match: [{uri: {prefix: /only}}]
                route: [{destination: {host: reviews, subset: v1}}]
            """);

        Assert.Equal(HttpStatusCode.NotFound, (await mesh.Client().GetAsync("http://reviews:9080/other")).StatusCode);
        Assert.Equal(1, mesh.Entry("unknown", "unknown").ResponseFlags["NR"]);
    }

    [Fact]
    public async Task Request_SubsetNobodyNames_503WithNC()
    {
        await using var mesh = await StartAsync("      - route: [{destination: {host: reviews, subset: v9}}]");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await mesh.Client().GetAsync("http://reviews:9080/")).StatusCode);
        Assert.Equal(1, mesh.Entry("reviews", "unknown").ResponseFlags["NC"]);
    }

    [Fact]
    public async Task Request_FaultAbort_AnsweredWithoutAskingAnyone()
    {
        await using var mesh = await StartAsync("""
              - fault: {abort: {httpStatus: 555, percentage: {value: 100}}}
                route: [{destination: {host: reviews, subset: v1}}]
            """);

        var response = await mesh.Client().GetAsync("http://reviews:9080/");

        Assert.Equal((HttpStatusCode)555, response.StatusCode);
        Assert.Equal("fault filter abort", await response.Content.ReadAsStringAsync());
        Assert.Equal(0, mesh.Backends.Sum(backend => backend.Requests));
    }

    [Fact]
    public async Task Request_PodThatIsGone_503WithUFAndURX()
    {
        await using var mesh = await StartAsync("      - route: [{destination: {host: reviews, subset: v1}}]");
        await mesh.Backends[0].DisposeAsync();

        var response = await mesh.Client().GetAsync("http://reviews:9080/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.StartsWith("upstream connect error or disconnect/reset before headers.", await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["UF,URX"]);
    }

    [Fact]
    public async Task Request_RouteTimeout_504WithUT()
    {
        await using var mesh = await StartAsync("""
              - timeout: 100ms
                route: [{destination: {host: reviews, subset: v1}}]
            """);
        mesh.Backends[0].Handler = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        var response = await mesh.Client().GetAsync("http://reviews:9080/");

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("upstream request timeout", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["UT"]);
    }

    [Fact]
    public async Task Request_503UnderRetryRule_RetriedElsewhere()
    {
        await using var mesh = await StartAsync("""
              - retries: {attempts: 5, retryOn: 5xx}
                route: [{destination: {host: reviews}}]
            """);
        mesh.Backends[0].Handler = mesh.Backends[1].Handler = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("reviews-v3-0", await mesh.Client().GetStringAsync("http://reviews:9080/"));
        }
    }

    [Fact]
    public async Task Request_PostRetried_BodySentAgainWhole()
    {
        await using var mesh = await StartAsync("""
              - retries: {attempts: 3, retryOn: 5xx}
                route: [{destination: {host: reviews, subset: v1}}]
            """);
        var tries = 0;
        mesh.Backends[0].Handler = async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            context.Response.StatusCode = ++tries < 3 ? 500 : 200;
            await context.Response.Body.WriteAsync(body.ToArray());
        };
        var content = new byte[200_000];
        new Random(1).NextBytes(content);

        var response = await mesh.Client().PostAsync("http://reviews:9080/", new ByteArrayContent(content));

        Assert.Equal(content, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(3, tries);
    }
}
