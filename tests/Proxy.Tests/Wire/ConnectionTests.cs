using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>How long the connections to pods live.</summary>
public sealed class ConnectionTests
{
    private static string Pool(string pool) => $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews}
        spec:
          host: reviews
          trafficPolicy: {connectionPool: {{pool}}}
        """;

    [Theory]
    [InlineData(1, HttpProtocols.Http1, "http")]
    [InlineData(3, HttpProtocols.Http1, "http")]
    [InlineData(1, HttpProtocols.Http2, "http2")]
    [InlineData(3, HttpProtocols.Http2, "http2")]
    public async Task MaxRequestsPerConnection_NineRequests_SoManyOnEach(int most, HttpProtocols protocols, string protocol)
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1", protocols: protocols, protocol: protocol);
        await mesh.StartAsync(Pool($"{{http: {{maxRequestsPerConnection: {most}}}}}"));
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal("reviews-v1-0", await mesh.Client().GetStringAsync("http://reviews:9080/"));
        }

        Assert.Equal(9 / most, pod.Connections);
    }

    [Fact]
    public async Task MaxRequestsPerConnection_ManyAtOnce_NeverMoreOnOne()
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1");
        var byConnection = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        pod.Handler = context =>
        {
            byConnection.AddOrUpdate(context.Connection.Id, 1, (_, count) => count + 1);
            return Task.CompletedTask;
        };
        await mesh.StartAsync(Pool("{http: {maxRequestsPerConnection: 5}}"));
        var client = mesh.Client();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var seen = new List<HttpStatusCode>();
            for (var i = 0; i < 25; i++)
            {
                seen.Add((await client.GetAsync("http://reviews:9080/")).StatusCode);
            }

            return seen;
        }));

        Assert.All(statuses.SelectMany(seen => seen), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(200, byConnection.Values.Sum());
        Assert.InRange(byConnection.Values.Max(), 1, 5);
    }

    [Fact]
    public async Task Apply_OtherConnectionSettings_OldConnectionsClosed()
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        for (var seconds = 1; seconds <= 10; seconds++)
        {
            mesh.Server.Apply(Rules.Read(Pool($"{{tcp: {{connectTimeout: {seconds}s}}}}")));
            await mesh.Client().GetStringAsync("http://reviews:9080/");
        }

        Assert.Equal(10, pod.Connections);
        await Eventually.UntilAsync(() => pod.OpenConnections == 1, "connections of rules that are gone stay open");
    }

    [Fact]
    public async Task Apply_RequestUnderWay_EndsOnItsOldConnection()
    {
        await using var mesh = new TestMesh();
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var pod = await mesh.AddAsync("reviews", "v1", async context =>
        {
            if (context.Request.Path == "/slow")
            {
                arrived.SetResult();
                await go.Task;
            }

            await context.Response.WriteAsync("done");
        });
        await mesh.StartAsync();
        var slow = mesh.Client().GetStringAsync("http://reviews:9080/slow");
        await arrived.Task;
        mesh.Server.Apply(Rules.Read(Pool("{tcp: {connectTimeout: 1s}}")));
        await mesh.Client().GetStringAsync("http://reviews:9080/");
        go.SetResult();

        Assert.Equal("done", await slow);
        await Eventually.UntilAsync(() => pod.OpenConnections == 1, "the old connection stays open");
    }

    [Fact]
    public async Task Apply_SubsetGone_ItsConnectionsClosed()
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(Rules.ReviewsSubsets + """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http: [{route: [{destination: {host: reviews, subset: v1}}]}]
            """);
        await mesh.Client().GetStringAsync("http://reviews:9080/");
        Assert.Equal(1, pod.OpenConnections);

        mesh.Server.Apply(Rules.Read(""));

        await Eventually.UntilAsync(() => pod.OpenConnections == 0, "a connection to a subset that is gone stays open");
    }

    [Fact]
    public async Task Dispose_IdleConnections_Closed()
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        await mesh.Client().GetStringAsync("http://reviews:9080/");

        await mesh.Server.DisposeAsync();

        await Eventually.UntilAsync(() => pod.OpenConnections == 0, "a connection outlives the mesh");
    }
}
