using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.Lab.Kubernetes.Services;

namespace Bookinfo.Tests.Lab.Kubernetes.Services;

public sealed class StandInPortsTests
{
    private static readonly IPEndPoint Wanted = new(IPAddress.Loopback, 80);
    private readonly JsonObject _service = (JsonObject)JsonNode.Parse("""
        {"metadata": {"name": "a", "uid": "1"}, "spec": {"clusterIP": "127.0.0.1", "ports": [{"name": "web", "port": 80}]}}
        """)!;

    private readonly StandInPorts _standIns = new(new ServiceAddresses(IPNetwork.Parse("127.109.0.0/16"), new Random(1)));

    private JsonObject Port => ServiceTypes.PortsOf(_service).Single();

    [Fact]
    public void AddressOf_PortThatWasNotRefused_IsTheServicesOwn()
    {
        Assert.Equal(Wanted, _standIns.AddressOf(_service, Port));
        Assert.Null(_standIns.Describe(_service));
    }

    [Fact]
    public void Replace_PortThatTheUserMayNotListenOn_AnotherStandsForIt()
    {
        Assert.True(_standIns.Replace(_service, Port, Wanted, SocketError.AccessDenied));

        var given = _standIns.AddressOf(_service, Port)!;
        Assert.Equal(IPAddress.Loopback, given.Address);
        Assert.InRange(given.Port, 1024, 65535);
        Assert.Equal($"web={given}", _standIns.Describe(_service));
        Assert.False(_standIns.Replace(_service, Port, given, SocketError.AccessDenied));
    }

    [Fact]
    public void Replace_PortInUse_IsNotReplaced() =>
        Assert.False(_standIns.Replace(_service, Port, Wanted, SocketError.AddressAlreadyInUse));

    [Fact]
    public void Keep_ServiceGone_IsForgotten()
    {
        _standIns.Replace(_service, Port, Wanted, SocketError.AccessDenied);

        _standIns.Keep([]);

        Assert.Equal(Wanted, _standIns.AddressOf(_service, Port));
    }
}
