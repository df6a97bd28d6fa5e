using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.Lab.Pods;

namespace Bookinfo.Tests.Lab.Pods;

public sealed class PodNetworkTests
{
    [Fact]
    public void Claim_TwoLabsAtOnce_HaveDifferentAddresses()
    {
        using var one = PodNetwork.Claim();
        using var other = PodNetwork.Claim();

        Assert.NotEqual(one.Address(1, 1, 9080), other.Address(1, 1, 9080));
    }

    [Fact]
    public void Address_AnyPod_CanBeListenedOn()
    {
        using var network = PodNetwork.Claim();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var address = network.Address(3, 2, 9080);

        socket.Bind(address);
        socket.Listen(1);

        Assert.True(IPAddress.IsLoopback(address.Address));
    }

    [Fact]
    public void Address_PortTakenOnEveryAddress_IsAnotherPort()
    {
        using var network = PodNetwork.Claim();
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Any, 0));
        taken.Listen(1);
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        Assert.NotEqual(port, network.Address(1, 1, port).Port);
    }

    [Fact]
    public void Address_WholeLoopbackNetwork_TellsServiceAndPod()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "this system has only 127.0.0.1");
        using var network = PodNetwork.Claim();

        var bytes = network.Address(3, 2, 9080).Address.GetAddressBytes();

        Assert.Equal((127, 3, 2), (bytes[0], bytes[2], bytes[3]));
        Assert.Equal(new IPEndPoint(network.Address(3, 2, 9080).Address, 15001), network.Outbound(3, 2));
    }
}
