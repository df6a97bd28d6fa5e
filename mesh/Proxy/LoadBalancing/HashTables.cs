using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy.Endpoints;

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
