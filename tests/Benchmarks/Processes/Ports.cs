using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Benchmarks.Processes;

/// <summary>Free ports on loopback.</summary>
internal static class Ports
{
    /// <summary>An address that is free now.</summary>
    public static IPEndPoint Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
