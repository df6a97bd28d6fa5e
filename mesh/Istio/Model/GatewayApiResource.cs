namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// A resource of the Kubernetes Gateway API. istiod turns these into VirtualServices and Gateways of its own, and so does the mesh.
/// </summary>
public abstract record GatewayApiResource : Resource
{
    /// <summary>The API group of all its kinds.</summary>
    public const string Group = "gateway.networking.k8s.io";

    /// <summary>The <c>apiVersion</c> that is written. Earlier versions that are read mean the same.</summary>
    public new const string ApiVersion = $"{Group}/v1";
}
