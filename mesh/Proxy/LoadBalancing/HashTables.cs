using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>Ring hash unless the rule asks for maglev.</summary>
internal static class HashTables
{
    private const ulong DefaultRingSize = 1024;

    /// <summary>Envoy's <c>maximum_ring_size</c>.</summary>
    private const ulong LargestRing = 8 * 1024 * 1024;

    private const ulong DefaultMaglevSize = 65537;

    public static IHashTable Create(ConsistentHashLb hash, UpstreamHost[] hosts) => hash.Maglev is { } maglev
        ? new MaglevTable(hosts, (int)(maglev.TableSize ?? DefaultMaglevSize))
        : new HashRing(hosts, (int)Math.Min(LargestRing, hash.RingHash?.MinimumRingSize ?? DefaultRingSize));
}

/// <summary>Leads from a hash to an endpoint, so that a change of the endpoints moves few keys.</summary>
internal interface IHashTable
{
    /// <summary>The endpoint; null where there is none.</summary>
    UpstreamHost? Find(ulong hash);
}

/// <summary>The same key goes to the same endpoint; a request without a key to any.</summary>
internal sealed class HashBalancer(IHashKey key, IHashTable table, RandomBalancer any) : ILoadBalancer
{
    public UpstreamHost? Pick(Exchange exchange) => key.HashOf(exchange) is { } hash ? table.Find(hash) : any.Pick(exchange);
}
