using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.Http1.Transport;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>Opens connections to endpoints.</summary>
/// <param name="keepalive">The probes of a connection, where a DestinationRule has any.</param>
/// <param name="ownListeners">What no connection goes to; null where the endpoints are the mesh's own to name.</param>
internal sealed class Dialer(SocketKeepalive? keepalive, OwnListeners? ownListeners)
{
    /// <summary>Opens a connection for HTTP/1.1.</summary>
    /// <exception cref="SocketException">It cannot be opened.</exception>
    public ValueTask<IHttp1Transport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        IPAddress.TryParse(endpoint.Host, out var address) && ownListeners is null
            ? SocketTransport.ConnectAsync(new IPEndPoint(address, endpoint.Port), keepalive, cancellationToken)
            : ConnectToNameAsync(endpoint.Host, endpoint.Port, cancellationToken);

    /// <summary>Opens a connection for HttpClient, which speaks HTTP/2 on it.</summary>
    /// <exception cref="SocketException">It cannot be opened.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            keepalive?.Apply(socket);
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A name may have several addresses; the first that answers is taken.</summary>
    private async ValueTask<IHttp1Transport> ConnectToNameAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host, port, cancellationToken);
        for (var i = 0; ; i++)
        {
            try
            {
                return await SocketTransport.ConnectAsync(new IPEndPoint(addresses[i], port), keepalive, cancellationToken);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                // The next address may answer.
            }
        }
    }

    private async ValueTask<IPAddress[]> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        return addresses.Length == 0 || ownListeners?.AreAmong(addresses, port) == true
            ? throw new SocketException((int)SocketError.AddressNotAvailable)
            : addresses;
    }
}
