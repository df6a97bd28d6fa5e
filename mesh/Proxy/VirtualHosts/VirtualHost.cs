using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;

namespace Bookinfo.Mesh.Proxy.VirtualHosts;

/// <summary>The routes for the requests to some hosts. Callers share them unless a match asks who calls.</summary>
internal sealed class VirtualHost(string name, int port, RouteTable? shared, RouteTable[] byCaller)
{
    public VirtualHost(string name, int port, RouteTable shared)
        : this(name, port, shared, [])
    {
    }

    /// <summary><c>reviews.default.svc.cluster.local:9080</c>.</summary>
    public string Name => name;

    /// <summary>The port callers dial.</summary>
    public int Port { get; } = port;

    /// <summary>Its port is named as one of TCP: no rule is looked at.</summary>
    public bool IsTcp { get; init; }

    /// <summary>The rules that the routes are made of, for explanations.</summary>
    public IReadOnlyList<VirtualService> Rules { get; init; } = [];

    /// <summary>The port that the rules were compiled for: <see cref="Port"/>, or at the gateway its server's.</summary>
    public int ListenPort { get; init; } = port;

    /// <summary>The gateways that the rules were compiled for.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = [VirtualService.MeshGateway];

    /// <summary>Whether a match asks who calls.</summary>
    public bool DependsOnCaller => shared is null;

    public RouteTable RoutesFor(Caller caller) => shared ?? byCaller[caller.Index];
}
