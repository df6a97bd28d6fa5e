using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Bookinfo.Mesh.Http1.Transport;

/// <summary>A TCP connection. Disposal ends what is under way and closes it.</summary>
public sealed class SocketTransport : IHttp1Transport
{
    private readonly Socket _socket;

    private SocketTransport(Socket socket) => _socket = socket;

    /// <inheritdoc/>
    public bool HasInput
    {
        get
        {
            try
            {
                return _socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }
    }

    /// <summary>Opens a connection.</summary>
    /// <param name="endpoint">An address, or a name that is looked up.</param>
    /// <param name="keepalive">The probes of an idle connection; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">It cannot be opened.</exception>
    public static async ValueTask<IHttp1Transport> ConnectAsync(EndPoint endpoint, SocketKeepalive? keepalive,
        CancellationToken cancellationToken)
    {
        // One for both families takes an IPv4 address that is written as IPv6, and a name with either.
        var socket = endpoint is IPEndPoint { Address.IsIPv4MappedToIPv6: false, AddressFamily: var family }
            ? new Socket(family, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            keepalive?.Apply(socket);
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new SocketTransport(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _socket.ReceiveAsync(buffer, SocketFlags.None);

    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var sending = _socket.SendAsync(bytes, SocketFlags.None);
        if (!sending.IsCompletedSuccessfully)
        {
            return SendRestAsync(sending, bytes);
        }

        var sent = sending.Result;
        return sent == bytes.Length ? ValueTask.CompletedTask : SendRestAsync(ValueTask.FromResult(sent), bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendRestAsync(ValueTask<int> sending, ReadOnlyMemory<byte> bytes)
    {
        bytes = bytes[await sending..];
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }
}
