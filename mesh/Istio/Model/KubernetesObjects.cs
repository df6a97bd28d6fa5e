namespace Bookinfo.Mesh.Istio.Model;

/// <summary>What Kubernetes objects beside the rules tell of the cluster: hosts, ports, labels, namespaces.</summary>
/// <param name="Services">The Services.</param>
/// <param name="Workloads">Pods, and what makes pods: Deployments, StatefulSets, DaemonSets.</param>
/// <param name="Gateways">Gateways of the Kubernetes Gateway API, which a VirtualService may name.</param>
/// <param name="Namespaces">Names of Namespaces.</param>
public sealed record KubernetesObjects(
    IReadOnlyList<KubernetesService> Services,
    IReadOnlyList<KubernetesWorkload> Workloads,
    IReadOnlyList<KubernetesGateway> Gateways,
    IReadOnlyList<string> Namespaces)
{
    /// <summary>Nothing.</summary>
    public static readonly KubernetesObjects Empty = new([], [], [], []);

    /// <summary>
    /// Whether something among the objects makes others of which nothing is known, such as a HelmRelease or an IstioOperator: what is not
    /// here may come from there.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>RequestAuthentications of Istio, by which pods validate tokens.</summary>
    public IReadOnlyList<KubernetesRequestAuthentication> RequestAuthentications { get; init; } = [];
}

/// <summary>A RequestAuthentication of <c>security.istio.io</c>.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Selector">The labels of the pods it is for; empty for all of the namespace.</param>
public sealed record KubernetesRequestAuthentication(string Namespace, IReadOnlyDictionary<string, string> Selector);

/// <summary>A Service.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ports">Its ports.</param>
/// <param name="Selector">The labels of its pods; empty where something else keeps its endpoints.</param>
/// <param name="ExportTo">The namespaces that see it, from <c>networking.istio.io/exportTo</c>; empty for all.</param>
public sealed record KubernetesService(
    string Namespace,
    string Name,
    IReadOnlyList<KubernetesServicePort> Ports,
    IReadOnlyDictionary<string, string> Selector,
    IReadOnlyList<string> ExportTo)
{
    /// <summary>Its type: <c>ClusterIP</c>, <c>ExternalName</c> ...; null where it names none.</summary>
    public string? Type { get; init; }

    /// <summary>Its own labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = Values.NoMap<string>();

    /// <summary>Where it stands in the text.</summary>
    public SourceMap Source { get; init; } = SourceMap.None;
}

/// <summary>A port of a Service.</summary>
/// <param name="Port">The port that callers name.</param>
/// <param name="TargetPort">The pods' port where it is a number; null where it is the same or a name.</param>
/// <param name="Protocol">Such as <c>TCP</c>.</param>
/// <param name="Name">The port's name; null where it has none.</param>
public sealed record KubernetesServicePort(int Port, int? TargetPort, string Protocol, string? Name = null)
{
    /// <summary>The protocol above TCP; null where it is not given, and the name says it.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>Position in <c>spec.ports</c>.</summary>
    public int Index { get; init; }
}

/// <summary>A Pod, or what makes pods.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Labels">The labels of its pods.</param>
public sealed record KubernetesWorkload(string Namespace, string Name, IReadOnlyDictionary<string, string> Labels);

/// <summary>A Gateway of the Kubernetes Gateway API.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Hosts">The hostnames of its listeners; <c>*</c> for a listener without one.</param>
public sealed record KubernetesGateway(string Namespace, string Name, IReadOnlyList<string> Hosts);
