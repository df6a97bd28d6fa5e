using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>What HTTPRoute and GRPCRoute have in common.</summary>
public abstract record RouteResource : GatewayApiResource
{
    /// <summary>What it is attached to; a route without one does nothing.</summary>
    public IReadOnlyList<ParentReference> ParentRefs { get; init => field = Values.List(value); } = Values.None<ParentReference>();

    /// <summary>The hosts, at a Gateway: DNS names or <c>*.suffix</c>. Empty means all that the listener serves.</summary>
    public IReadOnlyList<string> Hostnames { get; init => field = Values.List(value); } = Values.None<string>();
}

/// <summary>What the rules of HTTPRoute and GRPCRoute have in common.</summary>
public abstract record RouteRule
{
    /// <summary>A name for logs and messages.</summary>
    public string? Name { get; init; }

    /// <summary>What is done with requests and answers.</summary>
    public IReadOnlyList<RouteFilter> Filters { get; init => field = Values.List(value); } = Values.None<RouteFilter>();

    /// <summary>Where requests go, by weight. Without any, requests are answered 500 unless a filter redirects them.</summary>
    public IReadOnlyList<BackendRef> BackendRefs { get; init => field = Values.List(value); } = Values.None<BackendRef>();

    /// <summary>That the requests of a session go to one pod; null is that each goes its own way.</summary>
    public SessionPersistence? SessionPersistence { get; init; }
}

/// <summary>How a header or a query parameter must be.</summary>
public sealed record NamedValueMatch
{
    /// <summary>How the value is compared; null is <see cref="ValueMatchType.Exact"/>.</summary>
    public ValueMatchType? Type { get; init; }

    /// <summary>The header's name without case, or the parameter's with case.</summary>
    public required string Name { get; init; }

    /// <summary>The value, or an RE2 expression for the whole of it.</summary>
    public required string Value { get; init; }
}

/// <summary>How a value is compared.</summary>
public enum ValueMatchType
{
    /// <summary>As it is.</summary>
    Exact,

    /// <summary>The whole value matches an RE2 expression.</summary>
    RegularExpression,
}
