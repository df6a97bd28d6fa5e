using System.Buffers;
using System.Net.Sockets;

namespace Bookinfo.Mesh.ServiceNetwork.Forwarding;

/// <summary>
/// Copies bytes between two connections, both ways. Where one side has sent its last byte, the other is told, and the way back stays open
/// (RFC 9293, section 3.6). Where one breaks, both are reset.
/// </summary>
internal static class ConnectionRelay
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Copies until both sides have ended.</summary>
    /// <param name="client">The one side.</param>
    /// <param name="pod">The other.</param>
    /// <param name="cut">Breaks off.</param>
    /// <exception cref="SocketException">One of them broke; both are reset.</exception>
    /// <exception cref="OperationCanceledException">It was broken off; both are reset.</exception>
    public static async Task RunAsync(Socket client, Socket pod, CancellationToken cut)
    {
        client.NoDelay = pod.NoDelay = true;
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cut);
        try
        {
            await Task.WhenAll(CopyAsync(client, pod, broken), CopyAsync(pod, client, broken));
        }
        catch
        {
            client.Reset();
            pod.Reset();
            throw;
        }
    }

    /// <summary>Closes a connection with a reset, so that the other side does not take it for a regular end.</summary>
    public static void Reset(this Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationTokenSource broken)
    {
        try
        {
            while (await CopyOnceAsync(from, to, broken.Token))
            {
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await broken.CancelAsync();
            throw;
        }
    }

    private static async ValueTask<bool> CopyOnceAsync(Socket from, Socket to, CancellationToken cancellation)
    {
        // A connection that is silent holds no buffer.
        await from.ReceiveAsync(Memory<byte>.Empty, cancellation);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var rest = buffer.AsMemory(0, await from.ReceiveAsync(buffer.AsMemory(), cancellation));
            if (rest.IsEmpty)
            {
                return false;
            }

            while (!rest.IsEmpty)
            {
                rest = rest[await to.SendAsync(rest, cancellation)..];
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
