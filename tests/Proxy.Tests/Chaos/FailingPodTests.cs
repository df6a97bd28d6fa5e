using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Chaos;

/// <summary>Pods that die, break off, and never end, and callers that do: what others see of it, and what is left behind.</summary>
public sealed class FailingPodTests
{
    private static string Rules(string route, string policy = "{loadBalancer: {simple: ROUND_ROBIN}}") => $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews}
        spec: {host: reviews, trafficPolicy: {{policy}} }
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - route: [{destination: {host: reviews} }]
            {{route}}
        """;

    private const string Retried = "retries: {attempts: 3, retryOn: \"connect-failure,reset,refused-stream\"}";
    private const string NotRetried = "retries: {attempts: 0}";

    [Fact]
    public async Task PodsKilled_UnderARetryRuleWithPosts_EveryBodyAnsweredInFull()
    {
        await using var mesh = new TestMesh();
        for (var i = 1; i <= 3; i++)
        {
            await mesh.AddAsync("reviews", $"v{i}", async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                await context.Response.WriteAsync(await reader.ReadToEndAsync());
            });
        }

        await mesh.StartAsync(Rules(Retried));
        var client = mesh.Client();
        var answered = 0;
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                var body = $"{caller}-{i}-{new string('x', 20_000)}";
                using var response = await client.PostAsync("http://reviews:9080/", new StringContent(body));
                Assert.Equal((HttpStatusCode.OK, body), (response.StatusCode, await response.Content.ReadAsStringAsync()));
                Interlocked.Increment(ref answered);
            }
        })).ToList();
        for (var killed = 0; killed < 2; killed++)
        {
            await Eventually.UntilAsync(() => Volatile.Read(ref answered) > 100 * (killed + 1)
                || callers.Exists(caller => caller.IsFaulted),
                "the callers stand still");
            await mesh.Backends[killed].DisposeAsync();
        }

        await Task.WhenAll(callers);
        Assert.Equal(480, answered);

        // A caller has its answer a moment before the request is over.
        await Eventually.UntilAsync(() => mesh.Server.Endpoints().All(endpoint => endpoint.ActiveRequests == 0), "a request stays");
    }

    [Fact]
    public async Task PodCutsTheUpload_UnderARetryRule_NextPodGetsTheWholeBody()
    {
        await using var mesh = new TestMesh();
        await using var bad = RawPod.Start(async socket => await RawPod.SayAsync(socket, ""));
        mesh.AddPod("reviews", "v1", "reviews-v1-0", bad.Address);
        await mesh.AddAsync("reviews", "v2", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"{(await reader.ReadToEndAsync()).Length}");
        });
        await mesh.StartAsync(Rules(Retried));
        for (var i = 0; i < 4; i++)
        {
            using var response = await mesh.Client().PostAsync("http://reviews:9080/", new StringContent(new string('x', 500_000)));
            Assert.Equal("500000", await response.Content.ReadAsStringAsync());
        }

        Assert.NotEmpty(bad.Heads);
    }

    [Fact]
    public async Task Stall_PerTryTimeout_504WithUTAndURXAndTheConnectionClosed()
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await mesh.StartAsync(Rules("retries: {attempts: 1, perTryTimeout: 100ms, retryOn: 5xx}"));

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await mesh.Client().GetAsync("http://reviews:9080/")).StatusCode);
        Assert.Equal(2, pod.Requests);
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["UT,URX"]);
        await Eventually.UntilAsync(() => pod.OpenConnections == 0, "the connection of a try that was given up stays open");
    }

    [Fact]
    public async Task AnswerWithoutEnd_CallerLeaves_PodIsToldAndNothingIsKept()
    {
        await using var mesh = new TestMesh();
        var told = new TaskCompletionSource();
        var pod = await mesh.AddAsync("reviews", "v1", async context =>
        {
            using var leaving = context.RequestAborted.Register(told.SetResult);
            var bytes = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(bytes);
            }
        });
        await mesh.StartAsync(Rules(Retried));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var response = await mesh.Client().GetAsync("http://reviews:9080/", HttpCompletionOption.ResponseHeadersRead))
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            var buffer = new byte[64 * 1024];
            for (long read = 0; read < 50_000_000; read += await stream.ReadAsync(buffer))
            {
            }

            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
        }

        await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Eventually.UntilAsync(() => pod.OpenConnections == 0 && mesh.Server.Endpoints().All(endpoint => endpoint.ActiveRequests == 0),
            "something is left behind");
    }

    /// <summary>Places within limits, requests under way and connections: all come back, however requests end.</summary>
    [Theory]
    [InlineData("the caller leaves")]
    [InlineData("the caller cuts its body")]
    [InlineData("the pod cuts its body")]
    [InlineData("the pod resets")]
    [InlineData("the time runs out")]
    public async Task RequestsBrokenOff_ManyMoreThanTheLimits_NoPlaceIsLost(string how)
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1", context => BreakAsync(context, how));
        await mesh.StartAsync(Rules(
            $"{NotRetried}\n    timeout: {(how == "the time runs out" ? "50ms" : "20s")}",
            "{connectionPool: {tcp: {maxConnections: 3}, http: {http2MaxRequests: 4}}}"));
        for (var i = 0; i < 30; i++)
        {
            await SendBrokenAsync(mesh, how);
            await Eventually.UntilAsync(() => mesh.Server.Endpoints().All(endpoint => endpoint.ActiveRequests == 0),
                "a request counts as under way for ever");
        }

        await Eventually.UntilAsync(() => pod.OpenConnections == 0, "a connection stays open behind a request that is over");
        pod.Handler = context => context.Response.WriteAsync("well");
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => mesh.Client().GetStringAsync("http://reviews:9080/"))),
            answer => Assert.Equal("well", answer));
    }

    private static async Task BreakAsync(HttpContext context, string how)
    {
        if (how == "the pod resets")
        {
            context.Abort();
            return;
        }

        if (how == "the pod cuts its body")
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("so much");
            context.Abort();
            return;
        }

        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private static async Task SendBrokenAsync(TestMesh mesh, string how)
    {
        var (requests, length) = (mesh.Backends[0].Requests, how == "the caller cuts its body" ? 1000 : 0);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /broken HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"));
        await Eventually.UntilAsync(() => mesh.Backends[0].Requests > requests, "a request did not come through");
        if (how.StartsWith("the caller", StringComparison.Ordinal))
        {
            return;
        }

        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Cut by the mesh, so that the answer does not look whole.
        }
    }
}
