using System.Net;
using System.Net.NetworkInformation;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// Where the mesh itself listens. A request to a host outside the mesh never goes there: it would go round for ever.
/// </summary>
internal sealed class OwnListeners
{
    private volatile HashSet<IPEndPoint> _listeners = [];

    /// <summary>Says where the mesh listens, once that is known.</summary>
    public void Learn(IEnumerable<IPEndPoint> listeners) => _listeners = [.. listeners];

    /// <summary>Whether one of the addresses is one that the mesh listens on.</summary>
    public bool AreAmong(IEnumerable<IPAddress> addresses, int port) => addresses.Any(address => IsOwn(address, port));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Asked where a connection is opened to a port that the mesh listens on at every address.</summary>
    private static bool IsOfThisHost(IPAddress address) => IPAddress.IsLoopback(address) || NetworkInterface.GetAllNetworkInterfaces()
        .Any(network => network.GetIPProperties().UnicastAddresses.Any(own => own.Address.Equals(address)));

    private bool IsOwn(IPAddress address, int port)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _listeners.Contains(new IPEndPoint(plain, port))
            || (_listeners.Any(listener => listener.Port == port && IsAny(listener.Address)) && IsOfThisHost(plain))
            || (plain.Equals(IPAddress.Any) && _listeners.Any(listener => listener.Port == port));
    }
}
