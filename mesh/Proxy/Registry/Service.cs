namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>One port of a service that the mesh knows, and who serves it.</summary>
internal sealed class Service
{
    /// <summary>Full name: <c>reviews.default.svc.cluster.local</c>, or a ServiceEntry's host.</summary>
    public required string Host { get; init; }

    /// <summary>Short name for people: <c>reviews</c>.</summary>
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    public required int Port { get; init; }

    /// <summary>Spoken to with HTTP/2 by prior knowledge.</summary>
    public required bool SpeaksHttp2 { get; init; }

    /// <summary>All the pods; empty where the address is the one the caller names.</summary>
    public required IReadOnlyList<Endpoint> Endpoints { get; init; }

    /// <summary>Requests go to whatever address their host has by DNS (ServiceEntry with resolution NONE or DYNAMIC_DNS).</summary>
    public bool ByRequestedHost { get; init; }

    /// <summary>
    /// Spoken to with the version that the caller speaks: a host that is in no registry, and for sidecars a port whose protocol is not
    /// named (<c>pilot/pkg/networking/core/cluster_builder.go: setUpstreamProtocol</c>).
    /// </summary>
    public bool KeepsClientProtocol { get; init; }

    /// <summary>No rule for HTTP holds for calls inside the mesh, because the port is named as one of TCP.</summary>
    public bool IsTcp { get; init; }

    /// <summary>Every name that callers in a namespace, the argument, may use (<c>httproute.go: generateVirtualHostDomains</c>).</summary>
    public required Func<string, IEnumerable<string>> NamesFor { get; init; }
}
