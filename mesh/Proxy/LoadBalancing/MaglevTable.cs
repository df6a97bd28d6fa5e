using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>
/// A table that endpoints fill in turns, each in its own order (section 3.4 of https://research.google/pubs/pub44824;
/// <c>source/extensions/load_balancing_policies/maglev/maglev_lb.cc</c> of envoyproxy/envoy).
/// </summary>
internal sealed class MaglevTable : IHashTable
{
    private readonly UpstreamHost?[] _table;

    public MaglevTable(UpstreamHost[] hosts, int size)
    {
        _table = new UpstreamHost?[size];
        if (hosts.Length == 0)
        {
            return;
        }

        var offsets = Array.ConvertAll(hosts, host => (long)(XxHash64.Of(host.Endpoint.Address) % (ulong)size));
        var skips = Array.ConvertAll(hosts, host => (long)(XxHash64.Of(host.Endpoint.Address, seed: 1) % (ulong)(size - 1)) + 1);
        var next = new long[hosts.Length];
        for (var filled = 0; filled < size;)
        {
            for (var i = 0; i < hosts.Length && filled < size; i++, filled++)
            {
                _table[FreePlace(offsets[i], skips[i], ref next[i])] = hosts[i];
            }
        }
    }

    public UpstreamHost? Find(ulong hash) => _table[hash % (ulong)_table.Length];

    private long FreePlace(long offset, long skip, ref long next)
    {
        long place;
        do
        {
            place = (offset + (skip * next++)) % _table.Length;
        }
        while (_table[place] is not null);

        return place;
    }
}
