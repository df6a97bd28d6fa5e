using Bookinfo.Mesh.Istio.Ingresses;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>A host, as ingress-nginx makes a server of it (<c>internal/ingress/controller/controller.go: createServers</c>).</summary>
/// <param name="Host">The host; <c>*</c> for all that have no server of their own.</param>
/// <param name="First">The Ingress that names it first.</param>
internal sealed record NginxServer(string Host, Ingress First)
{
    /// <summary>The name of the host for all the others.</summary>
    public const string AnyHost = "*";

    /// <summary>Other names of the host.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The locations of all Ingresses for the host.</summary>
    public required IReadOnlyList<NginxLocation> Locations { get; init; }

    /// <summary>The Secret of the Ingress' namespace with the host's certificate; null without TLS.</summary>
    public string? Secret { get; init; }

    /// <summary>The host that is led to this one, with <c>www.</c> or without; null for none.</summary>
    public string? WwwTwin { get; init; }

    /// <summary>The host, its aliases and its twin.</summary>
    public IEnumerable<string> Names => WwwTwin is null ? [Host, .. Aliases] : [Host, .. Aliases, WwwTwin];
}
