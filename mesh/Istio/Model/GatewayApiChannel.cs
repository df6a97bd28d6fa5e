namespace Bookinfo.Mesh.Istio.Model;

/// <summary>Which of the Gateway API's release channels is installed: its CRDs decide which fields the API server takes.</summary>
public enum GatewayApiChannel
{
    /// <summary>What is stable (<c>config/crd/standard</c> of kubernetes-sigs/gateway-api).</summary>
    Standard,

    /// <summary>That and what is tried out (<c>config/crd/experimental</c>): of it, retries and session persistence.</summary>
    Experimental,
}
