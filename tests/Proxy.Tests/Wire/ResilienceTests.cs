using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Circuit breaker, retries and mirrors over sockets.</summary>
public sealed class ResilienceTests
{
    private const string Breaker =
        "{loadBalancer: {simple: ROUND_ROBIN}, outlierDetection: {consecutive5xxErrors: 3, interval: 10s, baseEjectionTime: 30s, "
            + "maxEjectionPercent: 100}}";

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
        await mesh.StartAsync(Rules.ForReviews(Breaker), options => options with { Time = time });
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
        await mesh.StartAsync(Rules.ForReviews(Breaker));
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
        await mesh.StartAsync(Rules.ForReviews(Breaker));
        var client = mesh.Client();
        for (var i = 0; i < 10; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        mesh.Server.Apply(Rules.Read(
            Rules.ForReviews(Breaker, "- {name: other, retries: {attempts: 0}, route: [{destination: {host: reviews}}]}")));
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
        await mesh.StartAsync(Rules.ForReviews(Breaker));
        for (var i = 0; i < 5; i++)
        {
            await mesh.Client().GetAsync("http://reviews:9080/");
        }

        Assert.Equal(3, bad.Requests);
        await mesh.Client(caller: mesh.PodOf("details-v1-0")).GetAsync("http://reviews:9080/");
        Assert.Equal(4, bad.Requests);
    }

    [Fact]
    public async Task Retries_OnePodOfTwoKilled_NoErrorReachesTheCaller()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.AddAsync("reviews", "v2");
        await mesh.StartAsync(Rules.ForReviews("{loadBalancer: {simple: ROUND_ROBIN}}",
            "- {retries: {attempts: 3, retryOn: \"5xx,connect-failure,reset\"}, route: [{destination: {host: reviews}}]}"));
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
        await mesh.StartAsync(Rules.ForReviews("{loadBalancer: {simple: RANDOM}}",
            "- {mirror: {host: shadow}, route: [{destination: {host: reviews}}]}"));

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
                await Eventually.HoldsAsync(() => Volatile.Read(ref answered) > seen + 8, "eight more requests are answered");
            }
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(load);
        Assert.Equal(1002, mesh.Server.Rules.Revision);
        Assert.InRange(answered, 80, int.MaxValue);
        Assert.Equal("reviews-v1-0", await client.GetStringAsync("http://reviews:9080/"));
    }
}
