using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>
/// Lets resources of other namespaces refer to those of its own (<c>apis/v1/referencegrant_types.go: ReferenceGrant</c>).
/// </summary>
public sealed record ReferenceGrant : GatewayApiResource
{
    /// <inheritdoc/>
    public override string Kind => "ReferenceGrant";

    /// <summary>The resources that are allowed to refer.</summary>
    public IReadOnlyList<ReferenceGrantFrom> From { get; init => field = Values.List(value); } = Values.None<ReferenceGrantFrom>();

    /// <summary>To what.</summary>
    public IReadOnlyList<ReferenceGrantTo> To { get; init => field = Values.List(value); } = Values.None<ReferenceGrantTo>();
}

/// <summary>Resources that are allowed to refer.</summary>
/// <param name="Group">The group of the resources that refer.</param>
/// <param name="Kind">Their kind.</param>
/// <param name="Namespace">Their namespace.</param>
public sealed record ReferenceGrantFrom(string Group, string Kind, string Namespace);

/// <summary>To what.</summary>
/// <param name="Group">The group; empty is Kubernetes' own.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The name; null is all.</param>
public sealed record ReferenceGrantTo(string Group, string Kind, string? Name);
