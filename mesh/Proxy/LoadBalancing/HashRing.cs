using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>
/// Each endpoint owns many points on a ring; a key goes to the next point
/// (<c>source/extensions/load_balancing_policies/ring_hash/ring_hash_lb.cc</c>
/// of envoyproxy/envoy, whose points these are).
/// </summary>
internal sealed class HashRing : IHashTable
{
    private readonly ulong[] _points;
    private readonly UpstreamHost[] _owners;

    public HashRing(UpstreamHost[] hosts, int minimumSize)
    {
        var perHost = hosts.Length == 0 ? 0 : (minimumSize + hosts.Length - 1) / hosts.Length;
        _points = new ulong[perHost * hosts.Length];
        _owners = new UpstreamHost[_points.Length];
        for (var i = 0; i < _points.Length; i++)
        {
            _owners[i] = hosts[i / perHost];
            _points[i] = XxHash64.Of($"{_owners[i].Endpoint.Address}_{i % perHost}");
        }

        Array.Sort(_points, _owners);
    }

    public UpstreamHost? Find(ulong hash)
    {
        if (_points.Length == 0)
        {
            return null;
        }

        var at = Array.BinarySearch(_points, hash);
        at = at >= 0 ? at : ~at;
        return _owners[at == _points.Length ? 0 : at];
    }
}
