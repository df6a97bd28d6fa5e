using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Ingresses;

/// <summary>Which controller serves the Ingresses of a class.</summary>
public sealed record IngressClass : IngressResource
{
    /// <summary>Istio's controller (<c>pilot/pkg/config/kube/ingress/virtualservices.go: IstioIngressController</c>).</summary>
    public const string IstioController = "istio.io/ingress-controller";

    /// <summary>
    /// The annotation of the class that the API server writes into an Ingress that is made without one
    /// (<c>k8s.io/api/networking/v1: AnnotationIsDefaultIngressClass</c>).
    /// </summary>
    public const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";

    /// <inheritdoc/>
    public override string Kind => nameof(IngressClass);

    /// <summary>The controller; the mesh stands for <see cref="IstioController"/>.</summary>
    public string? Controller { get; init; }

    /// <summary>Whether it is the class of Ingresses that name none.</summary>
    public bool IsDefault => Metadata.Annotations.GetValueOrDefault(DefaultAnnotation) == "true";
}
