using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Lab.Checking;

/// <summary>What is to be checked, and what is known of the cluster beside the rules.</summary>
internal sealed record CheckRequest
{
    /// <summary>Files and folders; <c>-</c> for standard input.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether folders within folders are read too.</summary>
    public bool Recursive { get; init; }

    /// <summary>Which fields of the Gateway API there are.</summary>
    public GatewayApiChannel GatewayApi { get; init; }

    /// <summary>The namespace of the sample's services, and of rules that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Hosts that are served beside the sample's, in any form of name.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Gateways that exist beside those in the rules, in any form of name.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = [];

    /// <summary>Whether the demo's base stands beneath the rules.</summary>
    public bool WithBase { get; init; } = true;
}
