using System.Net.Sockets;
using Bookinfo.Mesh.Istio;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>Opens connections that need a socket option.</summary>
internal static class Dialer
{
    /// <summary>Connections with the keep-alive probes a DestinationRule asks for.</summary>
    public static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> WithKeepalive(TcpKeepalive keepalive) => async (context, cancellationToken) =>
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            Set(socket, SocketOptionName.TcpKeepAliveRetryCount, keepalive.Probes);
            Set(socket, SocketOptionName.TcpKeepAliveTime, (int?)keepalive.Time?.TotalSeconds);
            Set(socket, SocketOptionName.TcpKeepAliveInterval, (int?)keepalive.Interval?.TotalSeconds);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    };

    private static void Set(Socket socket, SocketOptionName option, int? value)
    {
        if (value is > 0)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, option, value.Value);
        }
    }
}
