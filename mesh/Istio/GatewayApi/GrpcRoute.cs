using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>How gRPC calls are routed (<c>apis/v1/grpcroute_types.go: GRPCRoute</c>).</summary>
public sealed record GrpcRoute : RouteResource
{
    /// <inheritdoc/>
    public override string Kind => "GRPCRoute";

    /// <summary>The rules.</summary>
    public IReadOnlyList<GrpcRouteRule> Rules { get; init => field = Values.List(value); } = Values.None<GrpcRouteRule>();
}

/// <summary>Which calls it takes, and what becomes of them.</summary>
public sealed record GrpcRouteRule : RouteRule
{
    /// <summary>Any of these must match. Empty matches every call.</summary>
    public IReadOnlyList<GrpcRouteMatch> Matches { get; init => field = Values.List(value); } = Values.None<GrpcRouteMatch>();
}

/// <summary>What a call must be like. All that is set must hold.</summary>
public sealed record GrpcRouteMatch
{
    /// <summary>Service and method; null is any.</summary>
    public GrpcMethodMatch? Method { get; init; }

    /// <summary>Headers (gRPC's metadata).</summary>
    public IReadOnlyList<NamedValueMatch> Headers { get; init => field = Values.List(value); } = Values.None<NamedValueMatch>();
}

/// <summary>Service and method of a call. At least one of the two is set.</summary>
public sealed record GrpcMethodMatch
{
    /// <summary>How both are compared; null is <see cref="ValueMatchType.Exact"/>.</summary>
    public ValueMatchType? Type { get; init; }

    /// <summary>The service with its package, such as <c>bookinfo.Ratings</c>; null is any.</summary>
    public string? Service { get; init; }

    /// <summary>The method; null is any.</summary>
    public string? Method { get; init; }
}
