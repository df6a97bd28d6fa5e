using System.Net;
using Bookinfo.ServiceDefaults.Resilience;
using Bookinfo.Tests.Support;
using Polly.CircuitBreaker;

namespace Bookinfo.Tests.ServiceDefaults.Resilience;

public sealed class ResiliencePipelinesTests
{
    private static readonly ResilienceSettings NoRetries = new() { BackOff = TimeSpan.Zero, LongestBackOff = TimeSpan.Zero, Retries = 1 };

    [Fact]
    public async Task CircuitBreaker_HalfOfTheCallsFail_OpensThenTriesOneAndCloses()
    {
        var time = new ManualClock();
        var pipeline = ResiliencePipelines.Create("other", NoRetries, time, new Random(1));
        var (calls, status) = (0, HttpStatusCode.ServiceUnavailable);

        // Ten tries are five calls of two tries each.
        for (var i = 0; i < 5; i++)
        {
            await CallAsync();
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(CallAsync);
        Assert.Equal(10, calls);

        time.Advance(TimeSpan.FromSeconds(5.1));
        status = HttpStatusCode.OK;
        Assert.Equal(HttpStatusCode.OK, await CallAsync());
        Assert.Equal(HttpStatusCode.OK, await CallAsync());
        Assert.Equal(12, calls);

        async Task<HttpStatusCode> CallAsync()
        {
            using var answer = await pipeline.ExecuteAsync(_ =>
            {
                calls++;
                return ValueTask.FromResult(new HttpResponseMessage(status));
            });
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Bulkhead_Full_TurnsAwayAtOnceAndTakesAgainWhenThereIsRoom()
    {
        var pipeline = ResiliencePipelines.Create("other", NoRetries with { Concurrency = 2, Queue = 1 }, TimeProvider.System, new Random(1));
        var end = new TaskCompletionSource();
        var (running, most) = (0, 0);
        var three = Enumerable.Range(0, 3).Select(_ => CallAsync()).ToArray();
        await Eventually.HoldsAsync(() => Volatile.Read(ref running) == 2, "two run, one waits");

        var problem = await Assert.ThrowsAsync<BulkheadFullException>(CallAsync);
        Assert.Equal("bulkhead full: 2 calls running, 1 waiting", problem.Message);

        end.SetResult();
        await Task.WhenAll(three);
        await CallAsync();
        Assert.Equal(2, most);

        async Task CallAsync()
        {
            using var answer = await pipeline.ExecuteAsync(async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await end.Task;
                Interlocked.Decrement(ref running);
                return new HttpResponseMessage();
            });
        }
    }

    [Fact]
    public async Task Bulkhead_WaiterGivesUp_LeavesItsPlaceToOthers()
    {
        var pipeline = ResiliencePipelines.Create("other", NoRetries with { Concurrency = 1, Queue = 1 }, TimeProvider.System, new Random(1));
        var end = new TaskCompletionSource();
        using var gone = new CancellationTokenSource();
        var first = CallAsync(CancellationToken.None);
        var waiting = CallAsync(gone.Token);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var next = CallAsync(CancellationToken.None);
        end.SetResult();

        await Task.WhenAll(first, next);

        async Task CallAsync(CancellationToken token)
        {
            using var answer = await pipeline.ExecuteAsync(
                async _ =>
                {
                    await end.Task;
                    return new HttpResponseMessage();
                },
                token);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task Retry_BackOff_IsDrawnAndNeverOverTheLongest(double draw)
    {
        var time = new ManualClock();
        var settings = new ResilienceSettings();
        var pipeline = ResiliencePipelines.Create("other", settings, time, new Constant(draw));
        var calls = 0;

        var running = pipeline.ExecuteAsync(_ =>
        {
            calls++;
            return ValueTask.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        }).AsTask();
        for (var tries = 1; tries <= settings.Retries && !running.IsCompleted; tries++)
        {
            time.Advance(settings.LongestBackOff);
        }

        using var answer = await running;
        Assert.Equal(1 + settings.Retries, calls);
    }

    private sealed class Constant(double draw) : Random
    {
        public override double NextDouble() => draw;
    }
}
