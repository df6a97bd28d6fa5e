using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>Ports and hosts for the traffic from outside (<c>apis/v1/gateway_types.go: Gateway</c>).</summary>
public sealed record Gateway : GatewayApiResource
{
    /// <inheritdoc/>
    public override string Kind => "Gateway";

    /// <summary>The class, which says whose Gateway it is: <c>istio</c>, or a <see cref="GatewayClass"/> of Istio's controller.</summary>
    public required string GatewayClassName { get; init; }

    /// <summary>What it listens for.</summary>
    public IReadOnlyList<Listener> Listeners { get; init => field = Values.List(value); } = Values.None<Listener>();

    /// <summary>The namespaces whose ListenerSets are taken; null is none.</summary>
    public RouteNamespaces? AllowedListeners { get; init; }
}

/// <summary>One port and host of a Gateway or a ListenerSet.</summary>
public sealed record Listener
{
    /// <summary>The protocol of HTTP with TLS.</summary>
    public const string Https = "HTTPS";

    /// <summary>Its name, which a route may give as <c>sectionName</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The host: a DNS name or <c>*.suffix</c>; null is all.</summary>
    public string? Hostname { get; init; }

    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary><c>HTTP</c> or <c>HTTPS</c>. The mesh serves both without TLS.</summary>
    public required string Protocol { get; init; }

    /// <summary>The certificates, with <c>HTTPS</c>.</summary>
    public ListenerTls? Tls { get; init; }

    /// <summary>Which routes may be attached; null is HTTPRoutes and GRPCRoutes of the same namespace.</summary>
    public AllowedRoutes? AllowedRoutes { get; init; }
}

/// <summary>How a listener ends TLS (<c>apis/v1/gateway_types.go: ListenerTLSConfig</c>).</summary>
/// <param name="CertificateRefs">The Secrets with certificates and keys.</param>
public sealed record ListenerTls(IReadOnlyList<SecretReference> CertificateRefs)
{
    /// <summary>The Secrets with certificates and keys.</summary>
    public IReadOnlyList<SecretReference> CertificateRefs { get; init => field = Values.List(value); } = Values.List(CertificateRefs);
}

/// <summary>A Secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace; null is the listener's own. Another one needs a <see cref="ReferenceGrant"/>.</param>
public sealed record SecretReference(string Name, string? Namespace);

/// <summary>Which routes may be attached to a listener.</summary>
public sealed record AllowedRoutes
{
    /// <summary>The namespaces they may be of; null is the listener's own.</summary>
    public RouteNamespaces? Namespaces { get; init; }

    /// <summary>The kinds they may be of; empty is all that the protocol has.</summary>
    public IReadOnlyList<RouteGroupKind> Kinds { get; init => field = Values.List(value); } = Values.None<RouteGroupKind>();
}

/// <summary>Namespaces.</summary>
public sealed record RouteNamespaces
{
    /// <summary>Which; null is the default of the field.</summary>
    public FromNamespaces? From { get; init; }

    /// <summary>The labels that they have, with <see cref="FromNamespaces.Selector"/>.</summary>
    public LabelSelector? Selector { get; init; }
}

/// <summary>Which namespaces.</summary>
public enum FromNamespaces
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those whose labels a selector picks.</summary>
    Selector,

    /// <summary>The resource's own.</summary>
    Same,

    /// <summary>None.</summary>
    None,
}

/// <summary>Labels that something must have, all of them.</summary>
public sealed record LabelSelector
{
    /// <summary>Labels with their values.</summary>
    public IReadOnlyDictionary<string, string> MatchLabels { get; init => field = Values.Map(value); } = Values.NoMap<string>();

    /// <summary>What must be true of labels.</summary>
    public IReadOnlyList<LabelRequirement> MatchExpressions { get; init => field = Values.List(value); } =
        Values.None<LabelRequirement>();

    /// <summary>Whether something with these labels is picked.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return MatchLabels.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value)
            && MatchExpressions.All(requirement => requirement.Holds(labels));
    }
}

/// <summary>What must be true of a label.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator"><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</param>
/// <param name="Operands">The values, with the first two.</param>
public sealed record LabelRequirement(string Key, string Operator, IReadOnlyList<string> Operands)
{
    /// <summary>The values, with the first two operators.</summary>
    public IReadOnlyList<string> Operands { get; init => field = Values.List(value); } = Values.List(Operands);

    /// <summary>Whether it is true (<c>k8s.io/apimachinery/pkg/labels/selector.go: Requirement.Matches</c>).</summary>
    public bool Holds(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            "In" => has && Operands.Contains(value),
            "NotIn" => !has || !Operands.Contains(value),
            "Exists" => has,
            _ => !has,
        };
    }
}

/// <summary>A kind of route.</summary>
/// <param name="Group">The group; null is the Gateway API's.</param>
/// <param name="Kind">The kind.</param>
public sealed record RouteGroupKind(string? Group, string Kind);
