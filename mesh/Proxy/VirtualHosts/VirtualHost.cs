using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;

namespace Bookinfo.Mesh.Proxy.VirtualHosts;

/// <summary>The routes for the requests to some hosts. Callers share them unless a match asks who calls.</summary>
internal sealed class VirtualHost
{
    private readonly RouteTable? _shared;
    private readonly RouteTable?[] _byCaller = [];

    public VirtualHost(string name, int port, RouteTable shared) => (Name, Port, _shared) = (name, port, shared);

    public VirtualHost(string name, int port, RouteTable?[] byCaller) => (Name, Port, _byCaller) = (name, port, byCaller);

    /// <summary><c>reviews.default.svc.cluster.local:9080</c>.</summary>
    public string Name { get; }

    /// <summary>The port callers dial.</summary>
    public int Port { get; }

    public RouteTable RoutesFor(Caller caller) => _shared ?? _byCaller[caller.Index]!;
}
