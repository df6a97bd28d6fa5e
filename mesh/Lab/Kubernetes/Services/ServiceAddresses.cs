using System.Net;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.ServiceNetwork.Allocation;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// The addresses of the service network: a network of loopback. Where the system has only 127.0.0.1 (macOS), all Services have this one,
/// and ports stand for addresses.
/// </summary>
/// <param name="network">The network; null where there is only 127.0.0.1.</param>
/// <param name="random">Where addresses and ports are drawn from. It is used by one write at a time.</param>
internal sealed class ServiceAddresses(IPNetwork? network, Random random)
{
    private readonly AllocationRange? _range = network is { } given ? AllocationRange.Addresses(given.PrefixLength) : null;

    /// <summary>The node, whose ports are the machine's.</summary>
    public static IPAddress Node => IPAddress.Loopback;

    /// <summary>Whether ports stand for addresses.</summary>
    public bool IsSingle => network is null;

    /// <summary>The network in words.</summary>
    public string Range => network?.ToString() ?? $"{Node}/32";

    /// <summary>Draws the address of a new Service.</summary>
    /// <param name="isTaken">Whether a Service has an address.</param>
    /// <returns>The address; null where none is free.</returns>
    public IPAddress? Draw(Func<string, bool> isTaken) => _range is null ? Node
        : _range.Draw(number => !isTaken(At(number).ToString()), random) is { } drawn ? At(drawn) : null;

    /// <summary>Whether a Service can have an address.</summary>
    /// <param name="address">The address.</param>
    public bool Contains(IPAddress address) => _range is null ? address.Equals(Node)
        : network!.Value.Contains(address) && _range.Contains(NumberOf(address));

    /// <summary>Draws a port of the node, on which nothing listens.</summary>
    /// <param name="isTaken">Whether a Service has a port.</param>
    /// <returns>The port; null where none is free.</returns>
    public int? DrawNodePort(Func<int, bool> isTaken) =>
        AllocationRange.NodePorts.Draw(port => !isTaken(port) && FreePort.Has(new IPEndPoint(Node, port)), random);

    private IPAddress At(int number)
    {
        var bytes = network!.Value.BaseAddress.GetAddressBytes();
        for (var i = 3; i >= 0; i--, number >>= 8)
        {
            bytes[i] |= (byte)number;
        }

        return new IPAddress(bytes);
    }

    private int NumberOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var number = (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
        return number & ((1 << (32 - network!.Value.PrefixLength)) - 1);
    }
}
