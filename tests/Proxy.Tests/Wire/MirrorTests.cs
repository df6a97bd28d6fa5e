using System.IO.Pipelines;
using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// Copies are requests like others: they count against the destination's limits, and their balancing is not the caller's business.
/// </summary>
public sealed class MirrorTests
{
    private const string ToRatings = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec: {hosts: [reviews], http: [{mirror: {host: ratings}, route: [{destination: {host: reviews}}]}]}
        """;

    [Fact]
    public async Task Mirror_DestinationHasALimit_CopiesBeyondItAreDropped()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        var shadow = await mesh.AddAsync("ratings", "v1", _ => goOn.Task);
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{mirror: {host: ratings}, route: [{destination: {host: reviews}}]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: ratings}
            spec: {host: ratings, trafficPolicy: {connectionPool: {http: {http2MaxRequests: 3}}}}
            """);
        var client = mesh.Client();
        for (var i = 0; i < 20; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        await Eventually.UntilAsync(() => shadow.Requests >= 3, "The copies did not reach the pod.");
        using var direct = await client.GetAsync("http://ratings:9080/");

        // The copies hold all places, so that a request of a caller finds none.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, direct.StatusCode);
        Assert.Equal(3, shadow.Requests);
        goOn.SetResult();
    }

    [Fact]
    public async Task Mirror_BalancedByCookie_CallerGetsNoCookie()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.AddAsync("ratings", "v1");
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{mirror: {host: ratings}, route: [{destination: {host: reviews}}]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: ratings}
            spec: {host: ratings, trafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: seen, ttl: 60s}}}}}
            """);

        using var response = await mesh.Client().GetAsync("http://reviews:9080/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mirror_BodyAboveAMebibyte_ReachesTheMirrorWhole(bool isLengthKnown)
    {
        var bytes = new byte[3 * 1024 * 1024];
        new Random(26).NextBytes(bytes);
        var copied = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", ReadAsync);
        await mesh.AddAsync("ratings", "v1", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            copied.SetResult(body.ToArray());
        });
        await mesh.StartAsync(ToRatings);

        using var response = await mesh.Client().PostAsync("http://reviews:9080/", Content(bytes, isLengthKnown));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(bytes, await copied.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Mirror_PodThatReadsNothing_CallerIsAnsweredAndTheCopyGivesItsPlaceBack()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", ReadAsync);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await mesh.AddAsync("ratings", "v1", context => context.Request.Method == "POST" ? goOn.Task : Task.CompletedTask);
        await mesh.StartAsync(ToRatings + """

            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: ratings}
            spec: {host: ratings, trafficPolicy: {connectionPool: {http: {http2MaxRequests: 1}}}}
            """);
        var client = mesh.Client();

        // More than waits for a mirror.
        using var response = await client.PostAsync("http://reviews:9080/", Content(new byte[40 * 1024 * 1024], false));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Eventually.HoldsAsync(
            async () =>
            {
                using var direct = await client.GetAsync("http://ratings:9080/");
                return direct.StatusCode == HttpStatusCode.OK;
            },
            "the place of the copy is free");
        goOn.SetResult();
    }

    [Fact]
    public async Task Mirror_CallerBreaksOff_CopyBreaksOff()
    {
        var (begun, brokenOff) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", ReadAsync);
        await mesh.AddAsync("ratings", "v1", async context =>
        {
            context.RequestAborted.Register(brokenOff.SetResult);
            begun.SetResult();
            await brokenOff.Task;
        });
        await mesh.StartAsync(ToRatings);
        using var stop = new CancellationTokenSource();
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        await body.Writer.WriteAsync(new byte[100_000]);
        var sending = mesh.Client().PostAsync("http://reviews:9080/", new StreamContent(body.Reader.AsStream()), stop.Token);

        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await brokenOff.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static Task ReadAsync(HttpContext context) => context.Request.Body.CopyToAsync(Stream.Null);

    private static StreamContent Content(byte[] bytes, bool isLengthKnown)
    {
        var content = new StreamContent(new MemoryStream(bytes));
        content.Headers.ContentLength = isLengthKnown ? bytes.Length : null;
        return content;
    }
}
