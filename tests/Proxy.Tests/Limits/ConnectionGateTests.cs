using Bookinfo.Mesh.Proxy.Limits;

namespace Bookinfo.Tests.Proxy.Limits;

public sealed class ConnectionGateTests
{
    private static ConnectionGate Gate(long connections, long pending)
    {
        var gate = new ConnectionGate();
        gate.Resize(connections, pending);
        return gate;
    }

    [Fact]
    public async Task Enter_FullWithRoomToWait_WaitsForItsTurn()
    {
        var gate = Gate(1, 1);
        Assert.True(await gate.EnterAsync(default));

        var second = gate.EnterAsync(default).AsTask();
        Assert.False(second.IsCompleted);
        gate.Leave();

        Assert.True(await second);
    }

    [Fact]
    public async Task Enter_FullAndNoRoomToWait_False()
    {
        var gate = Gate(1, 1);
        await gate.EnterAsync(default);
        var waiting = gate.EnterAsync(default).AsTask();

        Assert.False(await gate.EnterAsync(default));
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Enter_GivenUp_LeavesItsPlaceInTheQueue()
    {
        var gate = Gate(1, 1);
        await gate.EnterAsync(default);
        using var impatience = new CancellationTokenSource();
        var waiting = gate.EnterAsync(impatience.Token).AsTask();
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var next = gate.EnterAsync(default).AsTask();
        gate.Leave();
        Assert.True(await next);
    }

    [Fact]
    public async Task Resize_Larger_LetsWaitersIn()
    {
        var gate = Gate(1, 2);
        await gate.EnterAsync(default);
        var waiting = gate.EnterAsync(default).AsTask();
        gate.Resize(2, 2);

        Assert.True(await waiting);
    }
}
