namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>Istio's <c>meshConfig.outboundTrafficPolicy.mode</c>.</summary>
public enum OutboundTrafficPolicy
{
    /// <summary>A request for an unknown host passes through to wherever DNS says it is, without a time-out.</summary>
    AllowAny,

    /// <summary>A request for an unknown host is answered 502.</summary>
    RegistryOnly,
}
