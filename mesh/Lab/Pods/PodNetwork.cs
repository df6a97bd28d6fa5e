using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.Lab.Network;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>
/// The addresses of a Lab's pods. Where the system has the whole of 127.0.0.0/8, pod i of service k has the address 127.B.k.i and listens
/// on its service's port, as on a pod network; elsewhere (macOS) it has a free port of its own on 127.0.0.1.
/// </summary>
internal sealed class PodNetwork : IDisposable
{
    private const int FirstBlock = 9;
    private const int LastBlock = 99;
    private const int ClaimPort = 15000;

    /// <summary>How far the block of Services is from that of pods.</summary>
    private const int ServiceBlocks = 100;

    private readonly Socket? _claim;
    private readonly int _block;

    private PodNetwork(Socket? claim, int block)
    {
        _claim = claim;
        _block = block;
    }

    /// <summary>Where pods of callers reach the mesh: the port of Envoy's outbound listener under Istio.</summary>
    public const int OutboundPort = 15001;

    /// <summary>The network of the Services' addresses, which is this Lab's as the pods' is; null where there is only 127.0.0.1.</summary>
    public IPNetwork? Services =>
        _claim is null ? null : new IPNetwork(new IPAddress([127, (byte)(_block + ServiceBlocks), 0, 0]), 16);

    /// <summary>
    /// Takes the first block 127.B.0.0/16 that no other Lab on this machine holds. A block is held by a socket bound to its 127.B.0.1, so
    /// that it is free again however the process ends.
    /// </summary>
    /// <param name="hasRange">Whether the system has the whole range; null to find out.</param>
    public static PodNetwork Claim(bool? hasRange = null)
    {
        for (var block = FirstBlock; block <= LastBlock && hasRange != false; block++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(new IPAddress([127, (byte)block, 0, 1]), ClaimPort));
                socket.Listen(1);
                return new PodNetwork(socket, block);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                socket.Dispose();
            }
            catch (SocketException)
            {
                socket.Dispose();
                break;
            }
        }

        return new PodNetwork(claim: null, block: 0);
    }

    /// <summary>Where a pod listens.</summary>
    /// <param name="service">The number of its service, from 1.</param>
    /// <param name="pod">The number of the pod among those of its service, from 1.</param>
    /// <param name="port">Its service's port.</param>
    public IPEndPoint Address(int service, int pod, int port) => Free(service, pod, port);

    /// <summary>Where the mesh listens for what that pod calls.</summary>
    /// <param name="service">The number of its service, from 1.</param>
    /// <param name="pod">The number of the pod among those of its service, from 1.</param>
    public IPEndPoint Outbound(int service, int pod) => Free(service, pod, OutboundPort);

    /// <summary>Gives the block back.</summary>
    public void Dispose() => _claim?.Dispose();

    /// <summary>The address with that port; with another one where a program listens on that port of every address.</summary>
    private IPEndPoint Free(int service, int pod, int port)
    {
        if (_claim is null)
        {
            return FreePort.On(IPAddress.Loopback);
        }

        var wanted = new IPEndPoint(new IPAddress([127, (byte)_block, (byte)service, (byte)pod]), port);
        return FreePort.Has(wanted) ? wanted : FreePort.On(wanted.Address);
    }
}
