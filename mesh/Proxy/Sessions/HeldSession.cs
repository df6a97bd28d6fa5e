namespace Bookinfo.Mesh.Proxy.Sessions;

/// <summary>Where the requests of a session go.</summary>
/// <param name="ClusterName">The destination.</param>
/// <param name="Address">The pod, <c>host:port</c>.</param>
internal sealed record HeldSession(string ClusterName, string Address);
