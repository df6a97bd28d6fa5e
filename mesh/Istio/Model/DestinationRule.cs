namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// Subsets of a host, and the policy for the traffic to it. Source: <c>networking/v1alpha3/destination_rule.proto</c> of istio/api.
/// </summary>
public sealed record DestinationRule : Resource
{
    /// <inheritdoc/>
    public override string Kind => nameof(DestinationRule);

    /// <summary>A service's name: short (of the rule's namespace), full, or <c>*.suffix</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Policy for all the host's traffic.</summary>
    public TrafficPolicy? TrafficPolicy { get; init; }

    /// <summary>The releases that routes may name.</summary>
    public IReadOnlyList<Subset> Subsets { get; init => field = Values.List(value); } = Values.None<Subset>();

    /// <summary>Namespaces that see it: <c>*</c> all, <c>.</c> its own, or names. Empty means all.</summary>
    public IReadOnlyList<string> ExportTo { get; init => field = Values.List(value); } = Values.None<string>();
}

/// <summary>The pods of a host that carry some labels.</summary>
public sealed record Subset
{
    /// <summary>The name that routes use.</summary>
    public required string Name { get; init; }

    /// <summary>Labels the pods must have; none means all the host's pods.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = Values.Map(value); } = Values.NoMap<string>();

    /// <summary>Policy for this subset; each part that is set replaces the host's.</summary>
    public TrafficPolicy? TrafficPolicy { get; init; }
}

/// <summary>Load balancing, limits, ejection and TLS towards a destination.</summary>
public sealed record TrafficPolicy
{
    /// <summary>How a pod is picked.</summary>
    public LoadBalancerSettings? LoadBalancer { get; init; }

    /// <summary>Limits for each caller.</summary>
    public ConnectionPoolSettings? ConnectionPool { get; init; }

    /// <summary>When a pod is left out for a while.</summary>
    public OutlierDetection? OutlierDetection { get; init; }

    /// <summary>TLS of the connections.</summary>
    public ClientTlsSettings? Tls { get; init; }

    /// <summary>Policies for single ports: what stands here for a port holds in place of all of the above.</summary>
    public IReadOnlyList<PortTrafficPolicy> PortLevelSettings { get; init => field = Values.List(value); } =
        Values.None<PortTrafficPolicy>();
}

/// <summary>The policy for one port of a destination.</summary>
public sealed record PortTrafficPolicy
{
    /// <summary>The port's number (Istio: <c>port.number</c>).</summary>
    public required int Port { get; init; }

    /// <summary>How a pod is picked.</summary>
    public LoadBalancerSettings? LoadBalancer { get; init; }

    /// <summary>Limits for each caller.</summary>
    public ConnectionPoolSettings? ConnectionPool { get; init; }

    /// <summary>When a pod is left out for a while.</summary>
    public OutlierDetection? OutlierDetection { get; init; }

    /// <summary>TLS of the connections.</summary>
    public ClientTlsSettings? Tls { get; init; }
}

/// <summary>
/// TLS towards a destination. The mesh takes <see cref="ClientTlsMode.Disable"/> and <see cref="ClientTlsMode.IstioMutual"/> and says that
/// nothing is encrypted.
/// </summary>
public sealed record ClientTlsSettings
{
    /// <summary>The mode.</summary>
    public ClientTlsMode Mode { get; init; }
}

/// <summary>TLS towards a destination.</summary>
public enum ClientTlsMode
{
    /// <summary>Plain.</summary>
    Disable,

    /// <summary>The mesh's own certificates. Inside one process there is nothing to encrypt.</summary>
    IstioMutual,
}
