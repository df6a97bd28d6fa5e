using System.Net;

namespace Bookinfo.Mesh.ServiceNetwork;

/// <summary>
/// One port of a Service: where it is reached, and what stands behind it (<c>pkg/proxy/serviceport.go: ServicePort</c> of
/// kubernetes/kubernetes).
/// </summary>
/// <param name="Name">Which: <c>default/reviews:http</c>. What is known of its clients stays with this name.</param>
public sealed record ServicePort(string Name)
{
    /// <summary>The addresses on which it is reached: the ClusterIP with the port, the node with the NodePort.</summary>
    public IReadOnlyList<IPEndPoint> Frontends { get; init; } = [];

    /// <summary>The pods that are ready. Where there is none, the frontends refuse connections.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; init; } = [];

    /// <summary>
    /// For how long after its last connection a client comes back to the same endpoint (<c>sessionAffinity: ClientIP</c>); null where each
    /// connection is drawn anew.
    /// </summary>
    public TimeSpan? ClientAffinity { get; init; }
}

/// <summary>A frontend on which one cannot listen.</summary>
/// <param name="Port">The name of its port.</param>
/// <param name="Address">The address.</param>
/// <param name="Error">Why not.</param>
public sealed record UnavailableFrontend(string Port, IPEndPoint Address, System.Net.Sockets.SocketError Error);
