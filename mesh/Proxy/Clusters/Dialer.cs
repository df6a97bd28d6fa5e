using System.Net.Sockets;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>Opens connections to endpoints.</summary>
internal static class Dialer
{
    /// <summary>Connections to the endpoint that is asked for, with the keep-alive probes of a DestinationRule where it has any.</summary>
    public static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> ToEndpoint(TcpKeepalive? keepalive) =>
        (context, cancellationToken) =>
        ConnectAsync(socket =>
        {
            if (keepalive is not null)
            {
                Keep(socket, keepalive);
            }

            return socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        });

    /// <summary>A connection that <paramref name="connect"/> makes; its socket is closed where that fails.</summary>
    public static async ValueTask<Stream> ConnectAsync(Func<Socket, ValueTask> connect)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await connect(socket);
            return new SendOnceStream(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Keep(Socket socket, TcpKeepalive keepalive)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        Set(socket, SocketOptionName.TcpKeepAliveRetryCount, keepalive.Probes);
        Set(socket, SocketOptionName.TcpKeepAliveTime, (int?)keepalive.Time?.TotalSeconds);
        Set(socket, SocketOptionName.TcpKeepAliveInterval, (int?)keepalive.Interval?.TotalSeconds);
    }

    private static void Set(Socket socket, SocketOptionName option, int? value)
    {
        if (value is > 0)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, option, value.Value);
        }
    }
}
