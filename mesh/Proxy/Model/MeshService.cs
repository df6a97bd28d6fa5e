using System.Collections.ObjectModel;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>A Kubernetes Service: one name and port before its pods.</summary>
/// <param name="Name">Short name, e.g. <c>reviews</c>.</param>
/// <param name="Port">The service's port, e.g. 9080.</param>
/// <param name="Protocol"><c>http</c>, <c>http2</c> or <c>grpc</c>: what the named port on a cluster says, and so which HTTP version its
/// pods are spoken to with. Empty where the name says nothing: the version that the caller speaks. <c>tcp</c> and its kind: no rule for
/// HTTP holds.</param>
/// <param name="Namespace">The namespace it lives in.</param>
public sealed record MeshService(string Name, int Port, string Protocol = "http", string Namespace = "default")
{
    /// <summary>The name of its port, which an Ingress may give in place of the number; null where it is the protocol's.</summary>
    public string? PortName { get; init; }

    /// <summary>The labels of its pods; empty for those whose <c>app</c> label is its name.</summary>
    public IReadOnlyDictionary<string, string> Selector { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether a pod is one of its pods.</summary>
    internal bool Selects(Workload workload) => workload.Namespace == Namespace && (Selector.Count == 0 ? workload.App == Name
        : Selector.All(label => workload.Labels.TryGetValue(label.Key, out var value) && value == label.Value));

    /// <summary>Whether Istio looks at the first bytes to learn the protocol.</summary>
    internal bool IsDetected => Protocol.Length == 0;

    /// <summary>Whether Istio forwards bytes, whatever they are (<c>pkg/config/protocol/instance.go: IsTCP, IsTLS</c>).</summary>
    internal bool IsTcp => PortProtocols.IsTcp(Protocol);

    /// <summary>Whether its pods speak HTTP/2 without TLS by prior knowledge.</summary>
    internal bool SpeaksHttp2 => Protocol is "grpc" or "grpc-web" or "http2";
}
