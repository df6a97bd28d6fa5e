using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>Connections to a given address, whatever the URL says.</summary>
internal static class Sockets
{
    public static SocketsHttpHandler DialTo(IPEndPoint address) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
