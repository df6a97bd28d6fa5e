using System.Net.Sockets;
using Bookinfo.Mesh.Http1.Pooling;
using Bookinfo.Tests.Http1.Support;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Http1.Pooling;

/// <summary>The pool over real sockets: how long it keeps a connection.</summary>
public sealed class ConnectionLifetimeTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Idle_ForTheIdleTimeout_Closed()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget();
        var pool = Pool(server, PoolSettings.Default with { IdleTimeout = TimeSpan.FromSeconds(30) }, budget);
        await pool.GetAsync();
        _time.Advance(TimeSpan.FromSeconds(29));
        await pool.GetAsync();
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1L, budget.Connections);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0L, budget.Connections);
    }

    [Fact]
    public async Task Idle_SeveralThatEndAtDifferentTimes_EachAtItsOwn()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget();
        var pool = Pool(server, PoolSettings.Default with { IdleTimeout = TimeSpan.FromSeconds(30) }, budget);
        var (one, other) = (await pool.RentAsync(CancellationToken.None), await pool.RentAsync(CancellationToken.None));
        await one.GetAsync();
        await other.GetAsync();
        pool.Return(one);
        _time.Advance(TimeSpan.FromSeconds(10));
        pool.Return(other);

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1L, budget.Connections);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0L, budget.Connections);
    }

    [Fact]
    public async Task MaxDuration_BusyConnection_EndsWithItsExchange()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget();
        var pool = Pool(server, PoolSettings.Default with { MaxDuration = TimeSpan.FromSeconds(30) }, budget);
        var busy = await pool.RentAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("ok", (await busy.GetAsync()).Body);
        Assert.Equal(1L, budget.Connections);
        pool.Return(busy);

        Assert.Equal(0L, budget.Connections);
    }

    [Fact]
    public async Task MaxDuration_IdleConnection_ClosedThough_ItIsUsedOften()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget();
        var pool = Pool(server, PoolSettings.Default with { MaxDuration = TimeSpan.FromSeconds(30) }, budget);
        for (var i = 0; i < 3; i++)
        {
            await pool.GetAsync();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal((1, 0L), (server.Accepted, budget.Connections));
    }

    [Fact]
    public async Task Retire_BusyConnection_ServedAndThenClosed()
    {
        await using var server = RawServer.Answering(Ok);
        var budget = new PoolBudget();
        var pool = Pool(server, budget: budget);
        var busy = await pool.RentAsync(CancellationToken.None);
        pool.Retire();
        Assert.Equal("ok", (await busy.GetAsync()).Body);
        pool.Return(busy);

        Assert.Equal(0L, budget.Connections);
        Assert.Equal("ok", (await pool.GetAsync()).Body);
        Assert.Equal(0L, budget.Connections);
    }

    /// <summary>The end of an idle connection is noticed by itself, or at the latest when the connection is wanted.</summary>
    [Theory]
    [InlineData("close")]
    [InlineData("reset")]
    [InlineData("half-close")]
    [InlineData("garbage")]
    [InlineData("a second answer")]
    public async Task Rent_IdleConnectionEndedByTheServer_AnotherIsOpened(string how)
    {
        await using var server = RawServer.Answering(Ok, socket => End(socket, how));
        var budget = new PoolBudget();
        var pool = Pool(server, budget: budget);
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal("ok", (await pool.GetAsync()).Body);
            await Eventually.HoldsAsync(() => budget.Connections == 0, "the ended connection is noticed");
            Assert.Equal(i, server.Accepted);
        }
    }

    private Http1Pool Pool(RawServer server, PoolSettings? settings = null, PoolBudget? budget = null) =>
        new(server.ConnectAsync, settings ?? PoolSettings.Default, budget ?? new PoolBudget(), _time);

    private static void End(Socket socket, string how)
    {
        switch (how)
        {
            case "garbage":
                socket.Send("garbage"u8);
                break;
            case "a second answer":
                socket.Send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"u8);
                break;
            case "half-close":
                socket.Shutdown(SocketShutdown.Send);
                break;
            case "reset":
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
                break;
            default:
                socket.Close();
                break;
        }
    }
}
