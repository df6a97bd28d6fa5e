using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>Ports that the system gives out.</summary>
internal static class FreePort
{
    /// <summary>An address with a port that nobody listens on now.</summary>
    /// <param name="address">Where to listen.</param>
    public static IPEndPoint On(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
