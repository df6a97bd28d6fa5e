using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// Opens connections to hosts outside the mesh, but never to one of the mesh's own listeners: such a request would go round for ever.
/// </summary>
internal sealed class OwnListeners
{
    private volatile HashSet<IPEndPoint> _listeners = [];

    /// <summary>Says where the mesh listens, once that is known.</summary>
    public void Learn(IEnumerable<IPEndPoint> listeners) => _listeners = [.. listeners];

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Any(address => IsOwn(address, context.DnsEndPoint.Port)))
        {
            throw new SocketException((int)SocketError.AddressNotAvailable);
        }

        return await Dialer.ConnectAsync(socket => socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken));
    }

    private bool IsOwn(IPAddress address, int port)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _listeners.Contains(new IPEndPoint(plain, port))
            || (IPAddress.IsLoopback(plain) && _listeners.Contains(new IPEndPoint(IPAddress.Any, port)))
            || (plain.Equals(IPAddress.Any) && _listeners.Any(listener => listener.Port == port));
    }
}
