namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// An Ingress or an IngressClass of Kubernetes. istiod turns Ingresses of its class into VirtualServices and Gateways, and so does the
/// mesh.
/// </summary>
public abstract record IngressResource : Resource
{
    /// <summary>The API group of both kinds.</summary>
    public const string Group = "networking.k8s.io";

    /// <summary>The only <c>apiVersion</c> that Kubernetes serves since 1.22.</summary>
    public new const string ApiVersion = $"{Group}/v1";
}
