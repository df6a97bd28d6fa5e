using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>What a caller gets, and which flag is counted, for each way a pod can fail: the tables of Envoy's router.</summary>
public sealed class FailureTests
{
    private const string NoRetries = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - retries: {attempts: 0}
            route: [{destination: {host: reviews}}]
        """;

    [Theory]
    [InlineData("", 503, "UC")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", 503, "UC")]
    [InlineData("This is no HTTP at all, not even nearly\r\n\r\n", 502, "UPE")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n", 502, "UPE")]
    public async Task Request_PodAnswersWrongly_StatusAndFlagAsEnvoy(string answer, int status, string flag)
    {
        await using var mesh = new TestMesh();
        await using var pod = RawPod.Start(async socket => await RawPod.SayAsync(socket, answer));
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(NoRetries);

        var response = await mesh.Client().GetAsync("http://reviews:9080/");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith("upstream connect error or disconnect/reset before headers. reset reason: ",
            await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags[flag]);
    }

    [Fact]
    public async Task Request_PodCutsTheBody_CallerSeesItBrokenWithUC()
    {
        await using var mesh = new TestMesh();
        await using var pod = RawPod.Start(async socket =>
            await RawPod.SayAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly so much"));
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(NoRetries);

        await Assert.ThrowsAsync<HttpRequestException>(() => mesh.Client().GetStringAsync("http://reviews:9080/"));
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["UC"]);
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseCodes[200]);
    }

    [Fact]
    public async Task Request_PodStallsInTheBody_RouteTimeCutsItWithUT()
    {
        await using var mesh = new TestMesh();
        await using var pod = RawPod.Start(async socket =>
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly so much"));
            await Task.Delay(Timeout.Infinite, RawPod.End(socket));
        });
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(NoRetries.Replace("retries:", "timeout: 200ms\n    retries:", StringComparison.Ordinal));

        await Assert.ThrowsAsync<HttpRequestException>(() => mesh.Client().GetStringAsync("http://reviews:9080/"));

        // The caller sees the end of the connection before the request is counted.
        await Eventually.HoldsAsync(() => mesh.Entry("reviews", "v1").ResponseFlags.GetValueOrDefault("UT") == 1, "counted with UT");
    }

    [Fact]
    public async Task Request_NobodyListens_503WithUF()
    {
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", FreeAddress());
        await mesh.StartAsync(NoRetries);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await mesh.Client().GetAsync("http://reviews:9080/")).StatusCode);
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["UF"]);
    }

    [Fact]
    public async Task Request_SubsetWithoutPods_503WithUH()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(Rules.ReviewsSubsets
            + "---\n" + NoRetries.Replace("{host: reviews}", "{host: reviews, subset: v3}", StringComparison.Ordinal));

        var response = await mesh.Client().GetAsync("http://reviews:9080/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("no healthy upstream", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, mesh.Entry("reviews", "unknown").ResponseFlags["UH"]);
    }

    [Fact]
    public async Task Request_CallerGoesAway_CountedAsDC()
    {
        await using var mesh = new TestMesh();
        var arrived = new TaskCompletionSource();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await mesh.StartAsync(NoRetries);
        using var leaving = new CancellationTokenSource();
        var request = mesh.Client().GetAsync("http://reviews:9080/", leaving.Token);
        await arrived.Task;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        var entry = mesh.Entry("reviews", "v1");
        Assert.Equal(1, entry.ResponseFlags["DC"]);
        Assert.Equal(1, entry.ResponseCodes[0]);
    }

    [Fact]
    public async Task Request_PerTryTimeout_RetriedWithinTheRoutesTime()
    {
        await using var mesh = new TestMesh();
        var tries = 0;
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            if (Interlocked.Increment(ref tries) < 3)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        });
        await mesh.StartAsync(NoRetries.Replace("{attempts: 0}", "{attempts: 3, perTryTimeout: 150ms, retryOn: 5xx}",
            StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await mesh.Client().GetAsync("http://reviews:9080/")).StatusCode);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task Request_UnknownHost_502UnderRegistryOnly()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync("", options => options with { OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly });

        Assert.Equal(HttpStatusCode.BadGateway, (await mesh.Client().GetAsync("http://elsewhere.example/")).StatusCode);
        Assert.Equal(1, mesh.Entry("BlackHoleCluster", "unknown").Requests);
    }

    [Fact]
    public async Task Request_UnknownHost_PassesThroughToWhereItSays()
    {
        await using var mesh = new TestMesh();
        var outside = await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();

        Assert.Equal("reviews-v1-0", await mesh.Client().GetStringAsync($"http://localhost:{outside.Address.Port}/"));
        Assert.Equal(1, mesh.Entry("PassthroughCluster", "unknown").Requests);
    }

    [Fact]
    public async Task Request_PassThroughToTheListenerItself_EndsAt503()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        var self = mesh.Server.OutboundOf(mesh.Caller);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await mesh.Client().GetAsync($"http://localhost:{self.Port}/")).StatusCode);
        Assert.Equal(1, mesh.Entry("PassthroughCluster", "unknown").Requests);
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
