using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Ingresses;

/// <summary>
/// How requests from outside reach Services, by host and path. Source: <c>staging/src/k8s.io/api/networking/v1/types.go: Ingress</c> of
/// kubernetes/kubernetes, as of all records of this folder.
/// </summary>
public sealed record Ingress : IngressResource
{
    /// <summary>The annotation that named the class before <see cref="IngressClassName"/>, and goes before it still.</summary>
    public const string ClassAnnotation = "kubernetes.io/ingress.class";

    /// <inheritdoc/>
    public override string Kind => nameof(Ingress);

    /// <summary>The <see cref="IngressClass"/>, which says which controller serves it; null for the cluster's default.</summary>
    public string? IngressClassName { get; init; }

    /// <summary>Where requests go that no rule takes. Istio does not apply it.</summary>
    public IngressBackend? DefaultBackend { get; init; }

    /// <summary>Hosts that are served with TLS too. The mesh serves them without.</summary>
    public IReadOnlyList<IngressTls> Tls { get; init => field = Values.List(value); } = Values.None<IngressTls>();

    /// <summary>The rules. Those of all Ingresses for one host are joined, the longest path first.</summary>
    public IReadOnlyList<IngressRule> Rules { get; init => field = Values.List(value); } = Values.None<IngressRule>();
}

/// <summary>The paths of a host.</summary>
public sealed record IngressRule
{
    /// <summary>The host: a DNS name or <c>*.suffix</c>; null is all.</summary>
    public string? Host { get; init; }

    /// <summary>The paths. None leaves the host to <see cref="Ingress.DefaultBackend"/>.</summary>
    public IReadOnlyList<HttpIngressPath> Paths { get; init => field = Values.List(value); } = Values.None<HttpIngressPath>();
}

/// <summary>Which paths, and where their requests go.</summary>
public sealed record HttpIngressPath
{
    /// <summary>The path, without the query; null is any.</summary>
    public string? Path { get; init; }

    /// <summary>How it is compared; null is <see cref="IngressPathType.ImplementationSpecific"/>, and the API server refuses it.</summary>
    public IngressPathType? PathType { get; init; }

    /// <summary>Where the requests go.</summary>
    public required IngressBackend Backend { get; init; }
}

/// <summary>How a path is compared.</summary>
public enum IngressPathType
{
    /// <summary>As it is.</summary>
    Exact,

    /// <summary>By whole elements: <c>/abc</c> matches <c>/abc/def</c> and not <c>/abcd</c>.</summary>
    Prefix,

    /// <summary>
    /// As the controller will. Istio: <c>/abc/*</c> and <c>/abc.*</c> are a prefix by whole elements, <c>/*</c> is any path, and everything
    /// else is compared as it is (<c>pilot/pkg/config/kube/ingress/virtualservices.go: createFallbackStringMatch</c>).
    /// </summary>
    ImplementationSpecific,
}

/// <summary>Where requests go: one of the two.</summary>
public sealed record IngressBackend
{
    /// <summary>A Service of the Ingress's namespace.</summary>
    public IngressServiceBackend? Service { get; init; }

    /// <summary>Another resource. Istio does not apply it.</summary>
    public IngressResourceBackend? Resource { get; init; }
}

/// <summary>A port of a Service, by name or by number.</summary>
public sealed record IngressServiceBackend
{
    /// <summary>The Service.</summary>
    public required string Name { get; init; }

    /// <summary>The port's name.</summary>
    public string? PortName { get; init; }

    /// <summary>The port's number.</summary>
    public int? PortNumber { get; init; }
}

/// <summary>A resource of the Ingress's namespace.</summary>
/// <param name="ApiGroup">Its group; null is Kubernetes' own.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
public sealed record IngressResourceBackend(string? ApiGroup, string Kind, string Name);

/// <summary>Hosts that are served with TLS.</summary>
public sealed record IngressTls
{
    /// <summary>The hosts; none is all.</summary>
    public IReadOnlyList<string> Hosts { get; init => field = Values.List(value); } = Values.None<string>();

    /// <summary>The Secret with certificate and key. Istio leaves an entry without one aside.</summary>
    public string? SecretName { get; init; }
}
