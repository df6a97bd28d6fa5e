using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Circuit breaker, bulkhead, retries and mirrors over sockets.</summary>
public sealed class ResilienceTests
{
    private static string Policy(string trafficPolicy, string route = "- {retries: {attempts: 0}, route: [{destination: {host: reviews}}]}") => $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews}
        spec:
          host: reviews
          trafficPolicy: {{trafficPolicy}}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          {{route}}
        """;

    private const string Breaker = "{loadBalancer: {simple: ROUND_ROBIN}, outlierDetection: {consecutive5xxErrors: 3, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 100}}";

    [Fact]
    public async Task CircuitBreaker_PodKeepsFailing_EjectedAndBackOnTheSweep()
    {
        var time = new FakeTimeProvider();
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        var bad = await mesh.AddAsync("reviews", "v2", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await mesh.StartAsync(Policy(Breaker), options => options with { Time = time });
        var client = mesh.Client();
        for (var i = 0; i < 20; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        Assert.Equal(3, bad.Requests);
        Assert.Equal("reviews-v2-0", Assert.Single(mesh.Server.Endpoints(), endpoint => endpoint.IsEjected).Pod);
        time.Advance(TimeSpan.FromSeconds(29));
        await client.GetAsync("http://reviews:9080/");
        Assert.Equal(3, bad.Requests);
        time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 4; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        Assert.Equal(5, bad.Requests);
    }

    [Fact]
    public async Task CircuitBreaker_EveryPodEjected_503WithUH()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await mesh.StartAsync(Policy(Breaker));
        var client = mesh.Client();
        for (var i = 0; i < 3; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        Assert.Equal("no healthy upstream", await (await client.GetAsync("http://reviews:9080/")).Content.ReadAsStringAsync());
        Assert.Equal(1, mesh.Entry("reviews", "unknown").ResponseFlags["UH"]);
    }

    [Fact]
    public async Task CircuitBreaker_NewRulesForTheSameDestination_EjectionStays()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        var bad = await mesh.AddAsync("reviews", "v2", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await mesh.StartAsync(Policy(Breaker));
        var client = mesh.Client();
        for (var i = 0; i < 10; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        mesh.Server.Apply(Rules.Read(Policy(Breaker, "- {name: other, retries: {attempts: 0}, route: [{destination: {host: reviews}}]}")));
        for (var i = 0; i < 10; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        Assert.Equal(3, bad.Requests);
    }

    [Fact]
    public async Task CircuitBreaker_OneCallersView_NotAnothers()
    {
        await using var mesh = new TestMesh();
        var bad = await mesh.AddAsync("reviews", "v1", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await mesh.AddAsync("details", "v1");
        await mesh.StartAsync(Policy(Breaker));
        for (var i = 0; i < 5; i++)
        {
            await mesh.Client().GetAsync("http://reviews:9080/");
        }

        Assert.Equal(3, bad.Requests);
        await mesh.Client(caller: mesh.PodOf("details-v1-0")).GetAsync("http://reviews:9080/");
        Assert.Equal(4, bad.Requests);
    }

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
        await mesh.StartAsync(Policy("{connectionPool: {http: {http2MaxRequests: 2}}}"));
        var client = mesh.Client();
        var inFlight = new[] { client.GetAsync("http://reviews:9080/"), client.GetAsync("http://reviews:9080/") };
        await arrived.WaitAsync();
        await arrived.WaitAsync();

        var refused = await client.GetAsync("http://reviews:9080/");
        go.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("true", refused.Headers.GetValues("x-envoy-overloaded").Single());
        Assert.Equal("upstream connect error or disconnect/reset before headers. reset reason: overflow", await refused.Content.ReadAsStringAsync());
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
        await mesh.StartAsync(Policy("{connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}}"));
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
        await mesh.StartAsync(Policy("{connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}}"));
        var client = mesh.Client();
        var first = client.GetAsync("http://reviews:9080/");
        await arrived.Task;
        using (var leaving = new CancellationTokenSource())
        {
            // One of two is refused: then the other does wait.
            Task<HttpResponseMessage>[] both = [client.GetAsync("http://reviews:9080/", leaving.Token), client.GetAsync("http://reviews:9080/", leaving.Token)];
            var refused = await Task.WhenAny(both);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await refused).StatusCode);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => both.Single(each => each != refused));
        }

        await Until.HoldsAsync(() => mesh.Entry("reviews", "unknown").ResponseFlags.ContainsKey("DC"), "the caller that left still waits");
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
            Policy("{connectionPool: {http: {http2MaxRequests: 1}}}", "- {retries: {attempts: 3, retryOn: 5xx}, route: [{destination: {host: reviews}}]}"),
            options => options with { Time = time, Randomness = new ScriptedRandomness(TimeSpan.FromMilliseconds(25).Ticks - 1) });
        var client = mesh.Client();
        var fails = client.GetAsync("http://reviews:9080/fails");
        await Until.HoldsAsync(() => pod.Requests == 1, "the first try did not come");
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
            "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: overflow", await overflow.Content.ReadAsStringAsync());
        Assert.Equal(2, pod.Requests);
        // The request is over with its answer: it does not wait, on the clock that stands still, for another try.
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["UO"]);
        go.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await holds).StatusCode);
    }

    [Fact]
    public async Task Retries_OnePodOfTwoKilled_NoErrorReachesTheCaller()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.AddAsync("reviews", "v2");
        await mesh.StartAsync(Policy("{loadBalancer: {simple: ROUND_ROBIN}}", "- {retries: {attempts: 3, retryOn: \"5xx,connect-failure,reset\"}, route: [{destination: {host: reviews}}]}"));
        var client = mesh.Client();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 200; i++)
        {
            if (i == 50)
            {
                await mesh.Backends[1].DisposeAsync();
            }

            statuses.Add((await client.GetAsync("http://reviews:9080/")).StatusCode);
        }

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Mirror_AnswersDropped_CallerNeverWaits()
    {
        await using var mesh = new TestMesh();
        var copies = new TaskCompletionSource<string>();
        var never = new TaskCompletionSource();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            // The copy goes once the body has gone by.
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("reviews-v1-0");
        });
        await mesh.AddAsync("shadow", "v1", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            copies.SetResult($"{context.Request.Method} {context.Request.Host} {context.Request.Path} {await reader.ReadToEndAsync()}");
            await never.Task;
        });
        await mesh.StartAsync(Policy("{loadBalancer: {simple: RANDOM}}", "- {mirror: {host: shadow}, route: [{destination: {host: reviews}}]}"));

        var response = await mesh.Client().PostAsync("http://reviews:9080/x", new StringContent("the body"));

        Assert.Equal("reviews-v1-0", await response.Content.ReadAsStringAsync());
        Assert.Equal("POST reviews:9080 /x the body", await copies.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        never.SetResult();
    }

    [Fact]
    public async Task Apply_AThousandTimesUnderLoad_NoRequestFails()
    {
        await using var mesh = new TestMesh();
        foreach (var version in (string[])["v1", "v2"])
        {
            await mesh.AddAsync("reviews", version);
        }

        var sets = Array.ConvertAll((string[])["v1", "v2"], version => Rules.Read($$"""
            {{Rules.ReviewsSubsets}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - route: [{destination: {host: reviews, subset: {{version}} } }]
            """));
        await mesh.StartAsync();
        mesh.Server.Apply(sets[0]);
        var client = mesh.Client();
        var answered = 0;
        var done = false;
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                using var response = await client.GetAsync("http://reviews:9080/");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.StartsWith("reviews-v", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                Interlocked.Increment(ref answered);
            }
        })).ToList();
        for (var i = 1; i <= 1000; i++)
        {
            mesh.Server.Apply(sets[i % 2]);
            if (i % 100 == 0)
            {
                // Each hundred swaps see some answers, however fast the machine swaps.
                var seen = Volatile.Read(ref answered);
                SpinWait.SpinUntil(() => Volatile.Read(ref answered) > seen + 8, 10_000);
            }
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(load);
        Assert.Equal(1002, mesh.Server.Rules.Revision);
        Assert.InRange(answered, 80, int.MaxValue);
        Assert.Equal("reviews-v1-0", await client.GetStringAsync("http://reviews:9080/"));
    }
}
