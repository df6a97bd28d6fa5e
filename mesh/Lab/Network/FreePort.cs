using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Mesh.Lab.Network;

/// <summary>Ports that the system gives out.</summary>
internal static class FreePort
{
    /// <summary>An address with a port that is free now.</summary>
    /// <param name="address">Where to listen.</param>
    public static IPEndPoint On(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Whether one can listen there now.</summary>
    /// <param name="endpoint">Where to listen.</param>
    public static bool Has(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
