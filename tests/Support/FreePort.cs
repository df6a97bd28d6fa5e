using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.Support;

/// <summary>Finds ports for programs that can not be asked to take any.</summary>
public static class FreePort
{
    /// <summary>A port on the loopback address that was free a moment ago.</summary>
    public static int Next() => NextEndPoint().Port;

    /// <summary>The same with its address.</summary>
    public static IPEndPoint NextEndPoint()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
