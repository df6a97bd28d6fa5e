using System.Net;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>A fault of the mesh itself: one request fails, with a trace, and nothing else.</summary>
public sealed class UnhandledExceptionHandlerTests
{
    private const string TwoReleases = Rules.ReviewsSubsets + """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - match: [{uri: {prefix: /one} }]
            route: [{destination: {host: reviews, subset: v1} }]
          - route:
            - {destination: {host: reviews, subset: v1}, weight: 50}
            - {destination: {host: reviews, subset: v2}, weight: 50}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Request_ExceptionInsideTheMesh_500CountedAndLoggedOnce(bool accessLogFails)
    {
        using var log = new RecordedLog(LogLevel.Error);
        await using var accessLog = accessLogFails ? new FullDisk() : new StringWriter();
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(TwoReleases, options => options with { Randomness = new NoChance(), Logging = log, AccessLog = accessLog });
        var client = mesh.Client();
        client.DefaultRequestHeaders.Add("x-request-id", "request-7");

        using var response = await client.GetAsync("http://reviews:9080/");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(1, mesh.Entry("unknown", "unknown").ResponseFlags["LR"]);
        Assert.Equal("reviews-v1-0", await client.GetStringAsync("http://reviews:9080/one"));
        await Eventually.UntilAsync(() => log.Entries.Count == (accessLogFails ? 3 : 1), $"logged: {string.Join('\n', log.Entries)}");
        Assert.All(log.Entries, entry => Assert.Contains("request-7", entry.Message, StringComparison.Ordinal));
        Assert.IsType<NotSupportedException>(log.Entries.First().Exception);
        if (!accessLogFails)
        {
            Assert.Contains("500 LR internal_error{NotSupportedException}", accessLog.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>A place within the limits and at the endpoint is given back however a try ends.</summary>
    [Fact]
    public async Task Request_ConnectionsCannotBeOpened_NoPlaceIsLost()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", protocols: HttpProtocols.Http2, protocol: "http2");
        await mesh.StartAsync();
        var read = Rules.Read(Rules.ForReviews("{connectionPool: {http: {http2MaxRequests: 1}, tcp: {connectTimeout: 1s}}}"));
        var rule = read.DestinationRules[0];
        var pool = rule.TrafficPolicy!.ConnectionPool!;

        // No reader of rules lets such a time through; HttpClient throws at it.
        mesh.Server.Apply(read with
        {
            DestinationRules = [rule with { TrafficPolicy = rule.TrafficPolicy
                with { ConnectionPool = pool with { Tcp = pool.Tcp! with { ConnectTimeout = TimeSpan.Zero } } } }],
        });
        for (var i = 0; i < 3; i++)
        {
            using var response = await mesh.Client().GetAsync("http://reviews:9080/");
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        }

        Assert.Equal(0, Assert.Single(mesh.Server.Endpoints()).ActiveRequests);
        mesh.Server.Apply(read);
        Assert.Equal("reviews-v1-0", await mesh.Client().GetStringAsync("http://reviews:9080/"));
    }

    private sealed class NoChance : Randomness
    {
        public override long Next() => throw new NotSupportedException("no chance today");
    }

    private sealed class FullDisk : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
