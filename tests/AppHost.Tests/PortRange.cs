using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.AppHost;

/// <summary>
/// Ports in a row that were free: the AppHost's are fixed, and its defaults may be in use by someone who looks at the system.
/// </summary>
internal sealed class PortRange
{
    private const int Count = 50;

    // Below the ports that the system gives to outgoing calls: one of those could take a port before the program that it is meant for.
    private const int First = 20_000;
    private const int Last = 32_000;

    private PortRange(int first) => All = [.. Enumerable.Range(first, Count)];

    public IReadOnlyList<int> All { get; }

    /// <summary>The first range whose ports are all free.</summary>
    public static PortRange Find()
    {
        for (var first = First; first + Count <= Last; first += Count)
        {
            var range = new PortRange(first);
            if (range.All.All(IsFree))
            {
                return range;
            }
        }

        throw new InvalidOperationException($"There are no {Count} free ports in a row from {First} to {Last}.");
    }

    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
