using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.ServiceNetwork;

/// <summary>What a caller does.</summary>
internal static class TcpClients
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Socket> ConnectAsync(IPEndPoint address, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
            await socket.ConnectAsync(address, Cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task SendAsync(this Socket socket, string text) =>
        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(text), SocketFlags.None, Cancellation);

    /// <summary>Reads what has arrived, at least one byte of it; empty at the end.</summary>
    public static async Task<string> ReadAsync(this Socket socket)
    {
        var buffer = new byte[1024];
        var read = await socket.ReceiveAsync(buffer, SocketFlags.None, Cancellation);
        return System.Text.Encoding.ASCII.GetString(buffer, 0, read);
    }

    public static async Task<byte[]> ReadToEndAsync(this Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, SocketFlags.None, Cancellation) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>An address on which nothing listens.</summary>
    public static IPEndPoint FreeAddress() => new(IPAddress.Loopback, Support.FreePort.Next());
}
