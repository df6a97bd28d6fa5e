namespace Bookinfo.Mesh.Proxy;

/// <summary>What one caller's side of the mesh knows of one endpoint of a destination it has called.</summary>
/// <param name="Caller">The calling pod, or <c>istio-ingressgateway</c>.</param>
/// <param name="Cluster">Istio's name for the destination: <c>outbound|9080|v1|reviews.default.svc.cluster.local</c>.</param>
/// <param name="Pod">The pod's name; null for an address that a ServiceEntry names.</param>
/// <param name="Address"><c>host:port</c>.</param>
/// <param name="IsEjected">Left out by the circuit breaker now.</param>
/// <param name="EjectedUntil">When it returns; null where it is not ejected.</param>
/// <param name="Ejections">How often it was ejected so far.</param>
/// <param name="ActiveRequests">Requests of this caller that it has not answered yet.</param>
public sealed record EndpointStatus(
    string Caller, string Cluster, string? Pod, string Address, bool IsEjected, DateTimeOffset? EjectedUntil, int Ejections,
        int ActiveRequests);
