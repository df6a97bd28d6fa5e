namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// How requests to some hosts are routed. Source: <c>networking/v1alpha3/virtual_service.proto</c> of istio/api, as all of this folder's
/// records.
/// </summary>
public sealed record VirtualService : Resource
{
    /// <summary>The gateway name that stands for all the sidecars: calls inside the mesh.</summary>
    public const string MeshGateway = "mesh";

    /// <inheritdoc/>
    public override string Kind => nameof(VirtualService);

    /// <summary>Names of services, DNS names, <c>*.suffix</c> or <c>*</c>. Empty only for a delegate.</summary>
    public IReadOnlyList<string> Hosts { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>
    /// Gateways the routes hold for: <c>name</c> (same namespace), <c>namespace/name</c> or <see cref="MeshGateway"/>. Empty means
    /// <see cref="MeshGateway"/> only.
    /// </summary>
    public IReadOnlyList<string> Gateways { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>The routes, in order: the first that matches wins.</summary>
    public IReadOnlyList<HttpRoute> Http { get; init => field = Values.List(value); } = Values.None<HttpRoute>();

    /// <summary>Namespaces that see it: <c>*</c> all, <c>.</c> its own, or names. Empty means all.</summary>
    public IReadOnlyList<string> ExportTo { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>What it was made of, by whose rules it is applied; not part of the text.</summary>
    public RouteSemantics Semantics { get; init; }
}

/// <summary>
/// By whose rules a VirtualService is applied. istiod notes it in the annotation <c>internal.istio.io/route-semantics</c>
/// (<c>pkg/config/constants/constants.go</c>).
/// </summary>
public enum RouteSemantics
{
    /// <summary>A VirtualService that a person wrote.</summary>
    Istio,

    /// <summary>
    /// One made of routes of the Gateway API: prefixes match whole segments, a destination that does not exist is answered 500, and in
    /// the mesh it holds for callers of its own namespace or for services of it.
    /// </summary>
    GatewayApi,

    /// <summary>One made of Ingresses: prefixes match whole segments.</summary>
    Ingress,
}

/// <summary>A service, or one subset of it, that gets a request.</summary>
public sealed record Destination
{
    /// <summary>A service's name: short (<c>reviews</c>, of the rule's namespace) or full.</summary>
    public required string Host { get; init; }

    /// <summary>A subset that a <see cref="DestinationRule"/> for the host names.</summary>
    public string? Subset { get; init; }

    /// <summary>The service's port (Istio: <c>port.number</c>); may be left out for a service with one port.</summary>
    public int? Port { get; init; }
}
