using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>The limits of the connection pool over sockets: who waits, who is refused, and whose place comes back.</summary>
public sealed class BulkheadTests
{
    [Fact]
    public async Task Bulkhead_MoreThanMaxRequests_503WithUOAndOverloaded()
    {
        await using var mesh = new TestMesh();
        var (arrived, go) = (new SemaphoreSlim(0), new TaskCompletionSource());
        await mesh.AddAsync("reviews", "v1", async _ =>
        {
            arrived.Release();
            await go.Task;
        });
        await mesh.StartAsync(Rules.ForReviews("{connectionPool: {http: {http2MaxRequests: 2}}}"));
        var client = mesh.Client();
        var inFlight = new[] { client.GetAsync("http://reviews:9080/"), client.GetAsync("http://reviews:9080/") };
        await arrived.WaitAsync();
        await arrived.WaitAsync();

        var refused = await client.GetAsync("http://reviews:9080/");
        go.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("true", refused.Headers.GetValues("x-envoy-overloaded").Single());
        Assert.Equal("upstream connect error or disconnect/reset before headers. reset reason: overflow",
            await refused.Content.ReadAsStringAsync());
        Assert.All(await Task.WhenAll(inFlight), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("http://reviews:9080/")).StatusCode);
        Assert.Equal(1, mesh.Entry("reviews", "unknown").ResponseFlags["UO"]);
    }

    [Fact]
    public async Task Bulkhead_OneConnectionOnePending_OneWaitsOneIsRefused()
    {
        await using var mesh = new TestMesh();
        var (arrived, go) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var pod = await mesh.AddAsync("reviews", "v1", async _ =>
        {
            arrived.Release();
            await go.WaitAsync();
        });
        await mesh.StartAsync(Rules.ForReviews("{connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}}"));
        var client = mesh.Client();
        var first = client.GetAsync("http://reviews:9080/");
        await arrived.WaitAsync();
        Task<HttpResponseMessage>[] others = [client.GetAsync("http://reviews:9080/"), client.GetAsync("http://reviews:9080/")];
        var refused = await Task.WhenAny(others);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await refused).StatusCode);
        Assert.Equal(1, pod.Requests);
        go.Release(2);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await others.Single(other => other != refused)).StatusCode);
    }

    [Fact]
    public async Task Bulkhead_CallerThatWaitsGoesAway_ItsPlaceIsFree()
    {
        await using var mesh = new TestMesh();
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await mesh.AddAsync("reviews", "v1", async _ =>
        {
            arrived.TrySetResult();
            await go.Task;
        });
        await mesh.StartAsync(Rules.ForReviews("{connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}}"));
        var client = mesh.Client();
        var first = client.GetAsync("http://reviews:9080/");
        await arrived.Task;
        using (var leaving = new CancellationTokenSource())
        {
            // One of two is refused: then the other does wait.
            Task<HttpResponseMessage>[] both =
                [client.GetAsync("http://reviews:9080/", leaving.Token), client.GetAsync("http://reviews:9080/", leaving.Token)];
            var refused = await Task.WhenAny(both);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await refused).StatusCode);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => both.Single(each => each != refused));
        }

        await Eventually.UntilAsync(() => mesh.Entry("reviews", "unknown").ResponseFlags.ContainsKey("DC"),
            "the caller that left still waits");
        var third = client.GetAsync("http://reviews:9080/");
        go.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await third).StatusCode);
    }

    [Fact]
    public async Task Retries_NoPlaceForTheRetry_503WithUOAndNoFurtherTry()
    {
        var time = new FakeTimeProvider();
        await using var mesh = new TestMesh();
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var pod = await mesh.AddAsync("reviews", "v1", async context =>
        {
            if (context.Request.Path == "/fails")
            {
                context.Response.StatusCode = 500;
                return;
            }

            held.TrySetResult();
            await go.Task;
        });
        await mesh.StartAsync(
            Rules.ForReviews("{connectionPool: {http: {http2MaxRequests: 1}}}",
                "- {retries: {attempts: 3, retryOn: 5xx}, route: [{destination: {host: reviews}}]}"),
            options => options with { Time = time, Randomness = new ScriptedRandomness(TimeSpan.FromMilliseconds(25).Ticks - 1) });
        var client = mesh.Client();
        var fails = client.GetAsync("http://reviews:9080/fails");
        await Eventually.UntilAsync(() => pod.Requests == 1, "the first try did not come");
        var holds = client.GetAsync("http://reviews:9080/holds");
        while (await Task.WhenAny(holds, held.Task) == holds)
        {
            // The first try was not quite over.
            holds = client.GetAsync("http://reviews:9080/holds");
        }

        do
        {
            time.Advance(TimeSpan.FromMilliseconds(25));
        }
        while (await Task.WhenAny(fails, Task.Delay(TimeSpan.FromMilliseconds(200))) != fails);

        using var overflow = await fails;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, overflow.StatusCode);
        Assert.Equal(
            "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: overflow",
                await overflow.Content.ReadAsStringAsync());
        Assert.Equal(2, pod.Requests);
        // The request is over with its answer: it does not wait, on the clock that stands still, for another try.
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["UO"]);
        go.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await holds).StatusCode);
    }
}
