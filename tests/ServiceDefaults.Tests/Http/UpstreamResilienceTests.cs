using System.Net;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;

namespace Bookinfo.Tests.ServiceDefaults.Http;

public sealed class UpstreamResilienceTests
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task CircuitBreaker_HalfOfTheCallsFail_OpensThenTriesOneAndCloses()
    {
        var time = new ManualClock();
        var pipeline = Create(time, new Random(1));
        var (calls, status) = (0, HttpStatusCode.ServiceUnavailable);

        // Ten tries: three calls of three tries each, and the first of the fourth.
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(status, await CallAsync());
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(CallAsync);
        Assert.Equal(10, calls);
        await Assert.ThrowsAsync<BrokenCircuitException>(CallAsync);
        Assert.Equal(10, calls);

        time.Advance(UpstreamResilience.BreakDuration);
        status = HttpStatusCode.OK;
        Assert.Equal(HttpStatusCode.OK, await CallAsync());
        Assert.Equal(HttpStatusCode.OK, await CallAsync());
        Assert.Equal(12, calls);

        async Task<HttpStatusCode> CallAsync()
        {
            var running = pipeline.ExecuteAsync(_ =>
            {
                calls++;
                return ValueTask.FromResult(new HttpResponseMessage(status));
            }).AsTask();
            using var answer = await FinishAsync(running, time);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Bulkhead_Full_TurnsAwayAtOnceAndTakesAgainWhenThereIsRoom()
    {
        var pipeline = Create(new ManualClock(), new Random(1));
        var end = new TaskCompletionSource();
        var (running, most) = (0, 0);
        var all = Enumerable.Range(0, 2 * UpstreamResilience.MaxConcurrency).Select(_ => CallAsync()).ToArray();
        Assert.Equal(UpstreamResilience.MaxConcurrency, running);

        await Assert.ThrowsAsync<RateLimiterRejectedException>(CallAsync);

        end.SetResult();
        await Task.WhenAll(all);
        await CallAsync();
        Assert.Equal(UpstreamResilience.MaxConcurrency, most);

        async Task CallAsync()
        {
            using var answer = await pipeline.ExecuteAsync(async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await end.Task;
                Interlocked.Decrement(ref running);
                return new HttpResponseMessage();
            });
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task Retry_BackOff_IsDrawnAndNeverOverTheLongest(double draw)
    {
        var time = new ManualClock();
        var pipeline = Create(time, new ScriptedRandom(draw));
        var calls = 0;

        var running = pipeline.ExecuteAsync(_ =>
        {
            calls++;
            return ValueTask.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        }).AsTask();
        for (var retry = 0; retry < 2 && !running.IsCompleted; retry++)
        {
            time.Advance(LongestBackOff);
        }

        using var answer = await running;
        Assert.Equal(3, calls);
    }

    private static ResiliencePipeline<HttpResponseMessage> Create(TimeProvider time, Random random)
    {
        var services = new ServiceCollection().AddSingleton(time).AddSingleton(random).BuildServiceProvider();
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>();
        UpstreamResilience.Configure(builder, TimeSpan.FromSeconds(60), isOwner: true, services);
        return builder.Build();
    }

    // Back-off waits for the clock.
    private static async Task<HttpResponseMessage> FinishAsync(Task<HttpResponseMessage> running, ManualClock time)
    {
        await Eventually.HoldsAsync(
            () =>
            {
                if (!running.IsCompleted)
                {
                    time.Advance(LongestBackOff);
                }

                return running.IsCompleted;
            },
            "the call has ended");
        return await running;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
