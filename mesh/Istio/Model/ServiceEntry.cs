namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// A service outside the mesh, or not otherwise known to it. Source: <c>networking/v1alpha3/service_entry.proto</c> of istio/api.
/// </summary>
public sealed record ServiceEntry : Resource
{
    /// <inheritdoc/>
    public override string Kind => nameof(ServiceEntry);

    /// <summary>DNS names or <c>*.suffix</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Virtual IP addresses (or CIDR prefixes) by which callers may name it.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>Its ports.</summary>
    public IReadOnlyList<ServicePort> Ports { get; init => field = Values.List(value); } = Values.None<ServicePort>();

    /// <summary>Outside the mesh, or part of it.</summary>
    public ServiceEntryLocation Location { get; init; }

    /// <summary>Where its addresses come from.</summary>
    public ServiceEntryResolution Resolution { get; init; }

    /// <summary>Its endpoints, for <see cref="ServiceEntryResolution.Static"/> and the DNS ones.</summary>
    public IReadOnlyList<WorkloadEntry> Endpoints { get; init => field = Values.List(value); } = Values.None<WorkloadEntry>();

    /// <summary>Namespaces that see it: <c>*</c> all, <c>.</c> its own, or names. Empty means all.</summary>
    public IReadOnlyList<string> ExportTo { get; init => field = Values.List(value); } = Values.None<string>();
}

/// <summary>A port of a <see cref="ServiceEntry"/>.</summary>
public sealed record ServicePort
{
    /// <summary>1 to 65535.</summary>
    public required int Number { get; init; }

    /// <summary>
    /// <c>HTTP</c>, <c>HTTP2</c>, <c>GRPC</c>: the ones the mesh serves. Null is HTTP/1.1 or HTTP/2, as the caller speaks.
    /// </summary>
    public string? Protocol { get; init; }

    /// <summary>The port's name.</summary>
    public required string Name { get; init; }

    /// <summary>The endpoints' port; null is <see cref="Number"/>.</summary>
    public int? TargetPort { get; init; }
}

/// <summary>An endpoint of a <see cref="ServiceEntry"/>. Source: <c>networking/v1alpha3/workload_entry.proto</c>.</summary>
public sealed record WorkloadEntry
{
    /// <summary>An IP address, or a DNS name where the resolution is by DNS.</summary>
    public required string Address { get; init; }

    /// <summary>Ports by the name of the service's port, where they differ from it.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init => field = Values.Map(value); } = Values.NoMap<int>();

    /// <summary>Labels, for subsets.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = Values.Map(value); } = Values.NoMap<string>();
}

/// <summary>Whether a <see cref="ServiceEntry"/> is part of the mesh.</summary>
public enum ServiceEntryLocation
{
    /// <summary>Outside.</summary>
    MeshExternal,

    /// <summary>Inside.</summary>
    MeshInternal,
}

/// <summary>Where the addresses of a <see cref="ServiceEntry"/> come from.</summary>
public enum ServiceEntryResolution
{
    /// <summary>The address the caller dialled. The mesh looks up the host by DNS.</summary>
    None,

    /// <summary>The endpoints' IP addresses.</summary>
    Static,

    /// <summary>DNS, every address found.</summary>
    Dns,

    /// <summary>DNS, one address at a time.</summary>
    DnsRoundRobin,

    /// <summary>DNS, of the host each request names.</summary>
    DynamicDns,
}
