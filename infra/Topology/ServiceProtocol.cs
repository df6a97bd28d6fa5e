namespace Bookinfo.Topology;

/// <summary>
/// What a service speaks on its port. The name of a Kubernetes Service's port is made from it, because that name tells a mesh the protocol.
/// </summary>
public enum ServiceProtocol
{
    /// <summary>HTTP/1.1 without TLS.</summary>
    Http,

    /// <summary>gRPC: HTTP/2 without TLS, by prior knowledge.</summary>
    Grpc,
}
