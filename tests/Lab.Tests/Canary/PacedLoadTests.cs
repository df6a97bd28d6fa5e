using Bookinfo.Mesh.Lab.Canary;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Lab.Canary;

public sealed class PacedLoadTests
{
    private static readonly Answer Fine = new("v1", false, TimeSpan.Zero);

    [Fact]
    public async Task Run_WithRate_SendsNothingBeforeItIsDue()
    {
        var time = new FakeTimeProvider();
        var sent = 0;
        var running = new PacedLoad(requests: 30, rate: 10, atOnce: 16, time).RunAsync(
            _ =>
            {
                Interlocked.Increment(ref sent);
                return Task.FromResult(Fine);
            },
            TestContext.Current.CancellationToken);

        while (!running.IsCompleted)
        {
            var allowed = (int)(time.GetUtcNow() - time.Start).TotalMilliseconds / 100 + 1;
            Assert.InRange(Volatile.Read(ref sent), 0, allowed);
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.Equal(30, sent);
        Assert.Equal(30, (await running).Length);
    }

    [Fact]
    public async Task Run_WithoutRate_KeepsAFewInFlight()
    {
        var (now, most) = (0, 0);
        await new PacedLoad(requests: 200, rate: 0, atOnce: 16, TimeProvider.System).RunAsync(
            async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
                return Fine;
            },
            TestContext.Current.CancellationToken);

        Assert.InRange(most, 1, 16);
    }

    [Fact]
    public async Task Run_Cancelled_EndsEarly()
    {
        using var stop = new CancellationTokenSource();
        var running = new PacedLoad(requests: 10, rate: 0, atOnce: 16, TimeProvider.System).RunAsync(
            _ =>
            {
                stop.Cancel();
                return Task.FromResult(Fine);
            },
            stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
