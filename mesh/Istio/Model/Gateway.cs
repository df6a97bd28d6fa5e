namespace Bookinfo.Mesh.Istio.Model;

/// <summary>Ports and hosts for the traffic from outside. Source: <c>networking/v1alpha3/gateway.proto</c> of istio/api.</summary>
public sealed record Gateway : Resource
{
    /// <inheritdoc/>
    public override string Kind => nameof(Gateway);

    /// <summary>What it listens for.</summary>
    public IReadOnlyList<Server> Servers { get; init => field = Values.List(value); } = Values.None<Server>();

    /// <summary>Labels of the pods that serve it. The mesh has one gateway, which serves every Gateway.</summary>
    public IReadOnlyDictionary<string, string> Selector { get; init => field = Values.Map(value); } = Values.NoMap<string>();
}

/// <summary>One port of a gateway.</summary>
public sealed record Server
{
    /// <summary>A name for logs and messages.</summary>
    public string? Name { get; init; }

    /// <summary>The port.</summary>
    public required Port Port { get; init; }

    /// <summary>
    /// Hosts served here: DNS names, <c>*.suffix</c> or <c>*</c>, each with an optional <c>namespace/</c> (<c>.</c> its own, <c>*</c> any)
    /// that the VirtualService must be of.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init => field = Values.List(value); } = Values.None<string>();
}

/// <summary>A port with its protocol.</summary>
public sealed record Port
{
    /// <summary>1 to 65535.</summary>
    public required int Number { get; init; }

    /// <summary><c>HTTP</c>, <c>HTTP2</c>, <c>GRPC</c>: the ones the mesh serves.</summary>
    public required string Protocol { get; init; }

    /// <summary>The port's name.</summary>
    public required string Name { get; init; }
}
