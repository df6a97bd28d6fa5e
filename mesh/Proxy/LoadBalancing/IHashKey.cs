using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>What of a request decides where it goes.</summary>
internal interface IHashKey
{
    /// <summary>The key's hash; null for a request without one.</summary>
    ulong? HashOf(Exchange exchange);
}
