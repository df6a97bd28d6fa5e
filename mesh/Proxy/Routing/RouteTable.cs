using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>
/// The routes of one virtual host in order; the first that matches wins. Routes for one exact path are found by hash, so that the number of
/// other paths does not matter; the two sorted runs of candidates are merged by position, so that the order still decides.
/// </summary>
internal sealed class RouteTable
{
    private static readonly int[] None = [];
    private readonly Dictionary<string, int[]> _byPath;
    private readonly int[] _others;

    public RouteTable(IReadOnlyList<Route> routes)
    {
        Routes = [.. routes];
        var positions = Enumerable.Range(0, Routes.Length).ToArray();
        _byPath = positions.Where(i => Routes[i].Match.OnlyPath is not null)
            .GroupBy(i => Routes[i].Match.OnlyPath!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _others = [.. positions.Where(i => Routes[i].Match.OnlyPath is null)];
    }

    public Route[] Routes { get; }

    public Route? Find(in RequestInfo request)
    {
        var exact = _byPath.Count == 0 ? None : _byPath.GetValueOrDefault(request.Path, None);
        int e = 0, o = 0;
        while (e < exact.Length || o < _others.Length)
        {
            var position = e < exact.Length && (o == _others.Length || exact[e] < _others[o]) ? exact[e++] : _others[o++];
            if (Routes[position].Match.Matches(request))
            {
                return Routes[position];
            }
        }

        return null;
    }
}
