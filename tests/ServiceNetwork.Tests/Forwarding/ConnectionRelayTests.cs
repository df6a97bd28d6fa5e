using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Bookinfo.Mesh.ServiceNetwork.Forwarding;

namespace Bookinfo.Tests.ServiceNetwork.Forwarding;

/// <summary>A client and a pod, and the relay between them.</summary>
public sealed class ConnectionRelayTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _cut = new();
    private Socket _client = null!;
    private Socket _pod = null!;
    private Task _relay = null!;

    public async ValueTask InitializeAsync()
    {
        (_client, var near) = await PairAsync();
        (var far, _pod) = await PairAsync();
        _relay = ConnectionRelay.RunAsync(near, far, _cut.Token);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _pod.Dispose();
        _cut.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RunAsync_ClientHasSentItsLast_TheWayBackStaysOpen()
    {
        await _client.SendAsync("the whole question");
        _client.Shutdown(SocketShutdown.Send);
        Assert.Equal("the whole question"u8.ToArray(), await _pod.ReadToEndAsync());

        await _pod.SendAsync("the whole answer");
        _pod.Shutdown(SocketShutdown.Send);

        Assert.Equal("the whole answer"u8.ToArray(), await _client.ReadToEndAsync());
        await _relay;
    }

    [Fact]
    public async Task RunAsync_PodHasSentItsLast_TheWayThereStaysOpen()
    {
        _pod.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await _client.ReadAsync());

        await _client.SendAsync("late");

        Assert.Equal("late", await _pod.ReadAsync());
        _client.Shutdown(SocketShutdown.Send);
        await _relay;
    }

    [Fact]
    public async Task RunAsync_MoreThanItsBuffers_ArrivesAsItWasSent()
    {
        var sent = RandomNumberGenerator.GetBytes(4 * 1024 * 1024);
        var reading = _pod.ReadToEndAsync();

        for (var rest = sent.AsMemory(); !rest.IsEmpty;)
        {
            rest = rest[await _client.SendAsync(rest, SocketFlags.None, TestContext.Current.CancellationToken)..];
        }

        _client.Shutdown(SocketShutdown.Send);
        Assert.True((await reading).AsSpan().SequenceEqual(sent));
    }

    [Fact]
    public async Task RunAsync_PodResets_TheClientSeesAReset()
    {
        _pod.LingerState = new LingerOption(enable: true, seconds: 0);
        _pod.Dispose();

        var reset = await Assert.ThrowsAsync<SocketException>(() => _client.ReadAsync());

        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        await Assert.ThrowsAnyAsync<Exception>(() => _relay);
    }

    [Fact]
    public async Task RunAsync_Cut_BothSeeAReset()
    {
        await _cut.CancelAsync();

        await Assert.ThrowsAsync<SocketException>(() => _client.ReadAsync());
        await Assert.ThrowsAsync<SocketException>(() => _pod.ReadAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _relay);
    }

    private static async Task<(Socket Caller, Socket Called)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var caller = await TcpClients.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return (caller, await listener.AcceptSocketAsync(TestContext.Current.CancellationToken));
    }
}
