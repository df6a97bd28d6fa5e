using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.ServiceNetwork;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.ServiceNetwork;

public sealed class ServiceProxyTests : IAsyncLifetime
{
    private const string Name = "default/reviews:http";
    private readonly ManualClock _clock = new();
    private readonly ServiceProxy _proxy;
    private readonly TcpPod _first = new();
    private readonly TcpPod _second = new();
    private readonly IPEndPoint _address = TcpClients.FreeAddress();

    public ServiceProxyTests() => _proxy = new ServiceProxy(_clock, new Random(1));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Sync_PortWithAnEndpoint_BytesGoBothWays()
    {
        Assert.Empty(Sync(_first));
        using var client = await TcpClients.ConnectAsync(_address);
        using var pod = await _first.AcceptAsync();

        await client.SendAsync("question");
        Assert.Equal("question", await pod.ReadAsync());
        await pod.SendAsync("answer");
        Assert.Equal("answer", await client.ReadAsync());
    }

    [Fact]
    public async Task Sync_TwoEndpoints_ConnectionsAreSpreadAndEachStays()
    {
        Sync(_first, _second);
        using var all = new Sockets();
        for (var i = 0; i < 20; i++)
        {
            all.Add(await TcpClients.ConnectAsync(_address));
            await Eventually.HoldsAsync(() => _first.HasCaller || _second.HasCaller, "a pod has the connection");
            all.Add(await (_first.HasCaller ? _first : _second).AcceptAsync());
        }

        // Of 20 draws, 3 to 17 go to the first with a probability of 0.9996; the seed is fixed.
        Assert.InRange(_first.Connections, 3, 17);
        Assert.Equal(20, _first.Connections + _second.Connections);
        Assert.Equal(20, _proxy.ConnectionCount);
    }

    [Fact]
    public async Task Sync_NoEndpoint_ConnectionsAreRefused()
    {
        Sync(_first);
        Sync();

        var refused = await Assert.ThrowsAsync<SocketException>(() => TcpClients.ConnectAsync(_address));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Sync_EndpointNoLongerReady_ItsConnectionsStayAndNewOnesGoElsewhere()
    {
        Sync(_first);
        using var client = await TcpClients.ConnectAsync(_address);
        using var pod = await _first.AcceptAsync();

        Sync(_second);

        using var next = await TcpClients.ConnectAsync(_address);
        using var other = await _second.AcceptAsync();
        await client.SendAsync("still here");
        Assert.Equal("still here", await pod.ReadAsync());
    }

    [Fact]
    public async Task Sync_PortGone_ItsConnectionsStayAndNewOnesAreRefused()
    {
        Sync(_first);
        using var client = await TcpClients.ConnectAsync(_address);
        using var pod = await _first.AcceptAsync();

        _proxy.Sync([]);

        await Assert.ThrowsAsync<SocketException>(() => TcpClients.ConnectAsync(_address));
        await pod.SendAsync("still here");
        Assert.Equal("still here", await client.ReadAsync());
    }

    [Fact]
    public async Task Sync_AddressInUse_IsSaidAndTriedAgain()
    {
        using var other = new TcpListener(_address);
        other.Start();

        var unavailable = Assert.Single(Sync(_first));
        Assert.Equal(new UnavailableFrontend(Name, _address, SocketError.AddressAlreadyInUse), unavailable);

        other.Stop();
        Assert.Empty(Sync(_first));
        using var client = await TcpClients.ConnectAsync(_address);
    }

    [Fact]
    public async Task Sync_TwoPortsWithOneFrontend_ItIsTheFirstOnes()
    {
        var second = new ServicePort("default/ratings:http") { Frontends = [_address], Endpoints = [_second.Address] };

        var unavailable = Assert.Single(_proxy.Sync([Port(null, _first.Address), second]));

        Assert.Equal(new UnavailableFrontend(second.Name, _address, SocketError.AddressAlreadyInUse), unavailable);
        using var client = await TcpClients.ConnectAsync(_address);
        using var pod = await _first.AcceptAsync();
    }

    [Fact]
    public async Task Sync_FrontendOfAnotherPortNow_GoesToThatOne()
    {
        Sync(_first);
        _proxy.Sync([new ServicePort("default/ratings:http") { Frontends = [_address], Endpoints = [_second.Address] }]);

        using var client = await TcpClients.ConnectAsync(_address);

        using var pod = await _second.AcceptAsync();
    }

    [Fact]
    public async Task Sync_ClientAffinity_AClientComesBackUntilItsTimeIsOver()
    {
        var timeout = TimeSpan.FromMinutes(1);
        var (home, others) = (0, 0);
        for (var i = 0; i < 10; i++)
        {
            Sync(timeout, _first, _second);
            using var client = await TcpClients.ConnectAsync(_address);
            await Eventually.HoldsAsync(() => _first.HasCaller || _second.HasCaller, "a pod has the connection");
            _ = _first.HasCaller ? home++ : others++;
            using var pod = await (_first.HasCaller ? _first : _second).AcceptAsync();
            _clock.Advance(timeout);
        }

        Assert.Equal(10, Math.Max(home, others));
    }

    [Fact]
    public async Task Sync_ClientWithAnotherAddress_ThePodSeesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this system has only 127.0.0.1");
        Sync(_first);

        using var client = await TcpClients.ConnectAsync(_address, IPAddress.Parse("127.0.0.7"));

        using var pod = await _first.AcceptAsync();
        Assert.Equal(IPAddress.Parse("127.0.0.7"), ((IPEndPoint)pod.RemoteEndPoint!).Address);
    }

    [Fact]
    public async Task Connect_EndpointThatDoesNotListen_IsReset()
    {
        _proxy.Sync([Port(null, TcpClients.FreeAddress())]);

        var reset = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var client = await TcpClients.ConnectAsync(_address);
            await client.ReadAsync();
        });

        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    [Fact]
    public async Task DisposeAsync_ConnectionUnderWay_IsCut()
    {
        Sync(_first);
        using var client = await TcpClients.ConnectAsync(_address);
        using var pod = await _first.AcceptAsync();

        await _proxy.DisposeAsync();

        await Assert.ThrowsAsync<SocketException>(() => client.ReadAsync());
        Assert.Equal(0, _proxy.ConnectionCount);
        await Assert.ThrowsAsync<SocketException>(() => TcpClients.ConnectAsync(_address));
    }

    private IReadOnlyList<UnavailableFrontend> Sync(params TcpPod[] pods) => Sync(null, pods);

    private IReadOnlyList<UnavailableFrontend> Sync(TimeSpan? affinity, params TcpPod[] pods) =>
        _proxy.Sync([Port(affinity, [.. pods.Select(pod => pod.Address)])]);

    private ServicePort Port(TimeSpan? affinity, params IPEndPoint[] endpoints) =>
        new(Name) { Frontends = [_address], Endpoints = endpoints, ClientAffinity = affinity };

    private sealed class Sockets : List<Socket>, IDisposable
    {
        public void Dispose() => ForEach(socket => socket.Dispose());
    }
}
