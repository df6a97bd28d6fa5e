using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Wire;

public sealed class ForwardingTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Request_ServiceWithoutRules_ReachesItsPods(string version)
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.AddAsync("reviews", "v2");
        await mesh.StartAsync();
        var client = mesh.Client(Version.Parse(version));
        var seen = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            seen.Add(await client.GetStringAsync("http://reviews:9080/reviews/0"));
        }

        Assert.Equal(["reviews-v1-0", "reviews-v2-0"], seen.Order());
    }

    [Theory]
    [InlineData("reviews")]
    [InlineData("reviews:9080")]
    [InlineData("REVIEWS.default")]
    [InlineData("reviews.default.svc:9080")]
    [InlineData("reviews.default.svc.cluster.local")]
    [InlineData("reviews.default.svc.cluster.local.:9080")]
    public async Task Request_AnyNameOfTheService_ReachesIt(string host)
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();

        Assert.Equal("reviews-v1-0", await mesh.Client().GetStringAsync($"http://{host}/"));
    }

    [Fact]
    public async Task Request_PostWithBody_BodyAndHeadersArriveUnchanged()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            context.Response.Headers["x-seen-host"] = context.Request.Host.Value;
            context.Response.Headers["x-seen-path"] =
                context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await mesh.StartAsync();

        var body = new byte[300_000];
        Random.Shared.NextBytes(body);
        var response = await mesh.Client().PostAsync("http://reviews:9080/a%2Fb/%C3%A9?q=1&r=%20", new ByteArrayContent(body));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("reviews:9080", response.Headers.GetValues("x-seen-host").Single());
        Assert.Equal("/a%2Fb/%C3%A9?q=1&r=%20", response.Headers.GetValues("x-seen-path").Single());
    }

    [Fact]
    public async Task Request_HeaderThatIsNotAscii_GoesThroughByteByByteBothWays()
    {
        const string Name = "j\u00C3\u00A4son"; // the bytes of UTF-8, one character for each
        await using var pod = RawPod.Start(socket =>
            RawPod.SayAsync(socket, $"HTTP/1.1 200 OK\r\nx-hello: {Name}\r\nContent-Length: 0\r\n\r\n"));
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - match: [{headers: {end-user: {exact: "j\u00e4son"}}}]
                route: [{destination: {host: reviews}}]
            """);
        using var caller = new TcpClient();
        await caller.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));

        await caller.Client.SendAsync(
            Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\nHost: reviews:9080\r\nend-user: {Name}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(caller.GetStream(), Encoding.Latin1);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains($"x-hello: {Name}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"end-user: {Name}\r\n", Assert.Single(pod.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traffic_AfterRequests_OneEntryPerRelease()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        var client = mesh.Client();
        for (var i = 0; i < 5; i++)
        {
            await client.GetStringAsync("http://reviews:9080/");
        }

        await Eventually.HoldsAsync(() => mesh.Entry("reviews", "v1").Requests == 5, "five requests are counted");
        var entry = mesh.Entry("reviews", "v1");
        Assert.Equal(5, entry.Requests);
        Assert.Equal(1.0, entry.Share);
        Assert.Equal("productpage-v1", entry.Caller);
        Assert.NotNull(entry.P50);
    }
}
