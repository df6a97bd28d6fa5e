using System.Net;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>A mesh with real sockets, one calling pod (<c>productpage-v1</c>) and the backends that a test asks for.</summary>
internal sealed class TestMesh : IAsyncDisposable
{
    private readonly List<Backend> _backends = [];
    private readonly List<MeshService> _services = [];
    private readonly List<Pod> _pods = [];
    private readonly List<HttpClient> _clients = [];
    private MeshServer? _server;

    public MeshServer Server => _server ?? throw new InvalidOperationException("The mesh has not been started.");

    public IReadOnlyList<Backend> Backends => _backends;

    /// <summary>The calling pod.</summary>
    public Pod Caller { get; } = new("productpage-v1-0", Workload.Of("productpage", "v1"), new IPEndPoint(IPAddress.Loopback, 1),
        new IPEndPoint(IPAddress.Loopback, 0));

    public async Task<Backend> AddAsync(
        string service, string version, RequestDelegate? handler = null, HttpProtocols protocols = HttpProtocols.Http1,
            string protocol = "http")
    {
        var name =
            $"{service}-{version}-{_backends.Count(backend => backend.Name.StartsWith($"{service}-{version}-", StringComparison.Ordinal))}";
        var backend = await Backend.StartAsync(name, handler, protocols);
        _backends.Add(backend);
        AddPod(service, version, name, backend.Address, protocol);
        return backend;
    }

    /// <summary>A pod at an address where the test has something of its own, or nothing.</summary>
    public void AddPod(string service, string version, string name, IPEndPoint address, string protocol = "http")
    {
        if (!_services.Exists(known => known.Name == service))
        {
            _services.Add(new MeshService(service, 9080, protocol));
        }

        _pods.Add(new Pod(name, Workload.Of(service, version), address, new IPEndPoint(IPAddress.Loopback, 0)));
    }

    public async Task StartAsync(string rules = "", Func<MeshOptions, MeshOptions>? configure = null)
    {
        var options = new MeshOptions { Services = _services, Pods = [Caller, .. _pods], Gateway = new IPEndPoint(IPAddress.Loopback, 0) };
        _server = await MeshServer.StartAsync(configure?.Invoke(options) ?? options, Rules.Read(rules));
    }

    /// <summary>A client that dials the caller's outbound listener, as ServiceDefaults does.</summary>
    public HttpClient Client(Version? version = null, Pod? caller = null) => Dial(Server.OutboundOf(caller ?? Caller), version);

    /// <summary>A client from outside, by the gateway.</summary>
    public HttpClient GatewayClient() => Dial(Server.Gateway!);

    public Pod PodOf(string name) => _pods.Single(pod => pod.Name == name);

    /// <summary>The caller's one entry for a service, once the request that was just answered has been counted.</summary>
    public TrafficEntry Entry(string service, string release)
    {
        TrafficEntry? entry = null;
        SpinWait.SpinUntil(() =>
            (entry = Server.Traffic().Entries.FirstOrDefault(e => e.DestinationServiceName == service && e.Release == release)) is not null,
                5000);
        return entry ?? throw new InvalidOperationException($"No traffic was counted for {service} {release}.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        foreach (var backend in _backends)
        {
            await backend.DisposeAsync();
        }
    }

    /// <summary>A client that dials an address, whatever the host in its requests.</summary>
    public HttpClient Dial(IPEndPoint address, Version? version = null)
    {
        var client = new HttpClient(Sockets.DialTo(address))
        {
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _clients.Add(client);
        return client;
    }
}
