using Bookinfo.Mesh.Istio.Ingresses;

namespace Bookinfo.Mesh.GatewayApi.Ingresses;

/// <summary>
/// Which Ingresses are Istio's (<c>pilot/pkg/config/kube/ingress/virtualservices.go: shouldProcessIngressWithClass</c>, with the mesh
/// configuration's defaults <c>ingressControllerMode: DEFAULT</c> and <c>ingressClass: istio</c>).
/// </summary>
internal sealed class IngressClasses(IReadOnlyList<IngressClass> classes)
{
    /// <summary>The class by which the annotation names Istio.</summary>
    public const string Istio = "istio";

    /// <summary>
    /// The class that the API server writes into an Ingress without one: of several defaults the newest
    /// (<c>plugin/pkg/admission/network/defaultingressclass</c> of kubernetes/kubernetes).
    /// </summary>
    private readonly IngressClass? _default = classes.Where(known => known.IsDefault)
        .OrderByDescending(known => known.Metadata.CreationTimestamp).ThenBy(known => known.Name, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Whether Istio serves it. It does so as well where the class is nowhere described.</summary>
    public bool IsIstios(Ingress ingress) =>
        ingress.Metadata.Annotations.TryGetValue(Ingress.ClassAnnotation, out var annotated) ? annotated == Istio
            : Find(ingress) is not { } known || known.Controller == IngressClass.IstioController;

    /// <summary>The name of its class; null where it has none.</summary>
    public string? NameOf(Ingress ingress) =>
        ingress.Metadata.Annotations.GetValueOrDefault(Ingress.ClassAnnotation) ?? ingress.IngressClassName ?? _default?.Name;

    /// <summary>The class that it names by <c>ingressClassName</c>, or else the default one; null where there is none.</summary>
    public IngressClass? Find(Ingress ingress) =>
        ingress.IngressClassName is { } name ? classes.LastOrDefault(known => known.Name == name) : _default;
}
