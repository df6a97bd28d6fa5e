using System.Net.Sockets;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Pooling;
using Bookinfo.Mesh.Http1.Transport;
using Bookinfo.Tests.Http1.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Http1.Pooling;

/// <summary>The pool over real sockets: how many connections, and who waits.</summary>
public sealed class Http1PoolTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Rent_OneAfterTheOther_OneConnection()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget();
        var pool = Pool(server, budget: budget);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("ok", (await pool.GetAsync()).Body);
        }

        Assert.Equal((1, 1L, 0L), (server.Accepted, budget.Connections, budget.Pending));
        pool.Retire();
        Assert.Equal(0L, budget.Connections);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    public async Task Return_MaxRequests_EachConnectionHasExactlySoMany(int most, int connections)
    {
        await using var server = RawServer.Answering(Ok);
        var pool = Pool(server, PoolSettings.Default with { MaxRequests = most });

        for (var i = 0; i < 5; i++)
        {
            await pool.GetAsync();
        }

        Assert.Equal(connections, server.Accepted);
    }

    [Fact]
    public async Task Rent_MaxConnectionsInUse_WaitsForTheFirstThatIsFree()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget(maxConnections: 1);
        var pool = Pool(server, budget: budget);
        var first = await pool.RentAsync(CancellationToken.None);
        var second = pool.RentAsync(CancellationToken.None).AsTask();
        var third = pool.RentAsync(CancellationToken.None).AsTask();
        Assert.Equal((false, false, 2L), (second.IsCompleted, third.IsCompleted, budget.Pending));

        await first.GetAsync();
        pool.Return(first);
        Assert.Same(first, await second);
        Assert.False(third.IsCompleted);
        await (await second).GetAsync();
        pool.Return(await second);
        Assert.Same(first, await third);
        Assert.Equal((1, 0L), (server.Accepted, budget.Pending));
    }

    [Fact]
    public async Task Return_BrokenWhileOthersWait_AnotherIsOpenedForThem()
    {
        await using var server = RawServer.Answering(Ok);
        var pool = Pool(server, budget: new PoolBudget(maxConnections: 1));
        var first = await pool.RentAsync(CancellationToken.None);
        var second = pool.RentAsync(CancellationToken.None).AsTask();

        first.Abort();
        pool.Return(first);
        Assert.Equal("ok", (await (await second).GetAsync()).Body);
        Assert.Equal(2, server.Accepted);
    }

    /// <summary>A request that waits for a connection to open counts (<c>conn_pool_base.cc: newStreamImpl</c>).</summary>
    [Fact]
    public async Task Rent_MaxPending_WaitingForTheOpeningCounts()
    {
        var opening = new TaskCompletionSource<IHttp1Transport>();
        var budget = new PoolBudget(maxPending: 1);
        var pool = new Http1Pool(_ => new(opening.Task), PoolSettings.Default, budget, _time);
        var first = pool.RentAsync(CancellationToken.None).AsTask();

        Assert.Equal(Http1Error.Overflow,
            (await Assert.ThrowsAsync<Http1Exception>(async () => await pool.RentAsync(CancellationToken.None))).Error);
        opening.SetResult(new QuietTransport());
        Assert.NotNull(await first);
        Assert.Equal((1L, 0L), (budget.Connections, budget.Pending));
    }

    /// <summary>
    /// A pool without any connection gets one whatever the budget says (<c>conn_pool_base.cc: tryCreateNewConnection</c>).
    /// </summary>
    [Fact]
    public async Task Rent_BudgetSpentByAnotherServer_OneConnectionAllTheSame()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget(maxConnections: 1);
        var (one, other) = (Pool(server, budget: budget), Pool(server, budget: budget));
        var held = await one.RentAsync(CancellationToken.None);

        Assert.Equal("ok", (await other.GetAsync()).Body);
        one.Return(held);
        Assert.Equal(1L, budget.Connections);
    }

    [Fact]
    public async Task Rent_CancelledWhileWaiting_ThePlaceIsFree()
    {
        var budget = new PoolBudget(maxPending: 1);
        var pool = new Http1Pool(_ => new(new TaskCompletionSource<IHttp1Transport>().Task), PoolSettings.Default, budget, _time);
        using var leaving = new CancellationTokenSource();
        var first = pool.RentAsync(leaving.Token).AsTask();
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(0L, budget.Pending);
        Assert.False(pool.RentAsync(CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Rent_ServerRefuses_AllWhoWaitFailAndNothingIsKept()
    {
        var opening = new TaskCompletionSource<IHttp1Transport>();
        var budget = new PoolBudget(maxConnections: 1);
        var pool = new Http1Pool(_ => new(opening.Task), PoolSettings.Default, budget, _time);
        var waiting = new[] { pool.RentAsync(CancellationToken.None).AsTask(), pool.RentAsync(CancellationToken.None).AsTask() };
        opening.SetException(new SocketException((int)SocketError.ConnectionRefused));

        foreach (var each in waiting)
        {
            Assert.Equal(Http1Error.ConnectFailure, (await Assert.ThrowsAsync<Http1Exception>(() => each)).Error);
        }

        Assert.Equal((0L, 0L), (budget.Connections, budget.Pending));
    }

    [Fact]
    public async Task Rent_NotOpenInTime_ConnectTimeout()
    {
        var pool = new Http1Pool(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException();
            },
            PoolSettings.Default, new PoolBudget(), _time);
        var renting = pool.RentAsync(CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(renting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(Http1Error.ConnectTimeout, (await Assert.ThrowsAsync<Http1Exception>(() => renting)).Error);
    }

    [Fact]
    public async Task Rent_ManyAtOnce_NobodyGetsAnothersAnswer()
    {
        await using var server = RawServer.Start(async socket =>
        {
            while (await RawServer.ReadHeadAsync(socket) is { Length: > 0 } head)
            {
                var target = head.Split(' ')[1];
                await RawServer.SayAsync(socket, $"HTTP/1.1 200 OK\r\nContent-Length: {target.Length}\r\n\r\n{target}");
            }
        });
        var budget = new PoolBudget(maxConnections: 4);
        var pool = Pool(server, PoolSettings.Default with { MaxRequests = 7 }, budget);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Equal($"/{caller}/{i}", (await pool.GetAsync($"/{caller}/{i}")).Body);
            }
        })));

        Assert.InRange(budget.Connections, 0, 4);
        Assert.Equal(0L, budget.Pending);
        Assert.InRange(server.Accepted, 1600 / 7, 1600);
    }

    private Http1Pool Pool(RawServer server, PoolSettings? settings = null, PoolBudget? budget = null) =>
        new(server.ConnectAsync, settings ?? PoolSettings.Default, budget ?? new PoolBudget(), _time);

    /// <summary>Says nothing and never ends.</summary>
    private sealed class QuietTransport : IHttp1Transport
    {
        public bool HasInput => false;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => new(new TaskCompletionSource<int>().Task);

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => ValueTask.CompletedTask;

        public void Dispose()
        {
        }
    }
}
