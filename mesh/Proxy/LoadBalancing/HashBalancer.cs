using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>The same key goes to the same endpoint; a request without a key to any.</summary>
internal sealed class HashBalancer(IHashKey key, IHashTable table, RandomBalancer any) : ILoadBalancer
{
    public UpstreamHost? Pick(Exchange exchange) => key.HashOf(exchange) is { } hash ? table.Find(hash) : any.Pick(exchange);
}
