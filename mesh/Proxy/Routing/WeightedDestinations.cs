using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>
/// The destinations of a route by weight. One destination gets everything, whatever its weight; several without those of weight 0.
/// Source: <c>pilot/pkg/networking/core/route/route.go: applyHTTPRouteDestination</c>.
/// </summary>
internal sealed class WeightedDestinations
{
    private readonly long _total;

    public WeightedDestinations(IReadOnlyList<RouteDestination> destinations)
    {
        Candidates = destinations.Count == 1 ? [.. destinations] : [.. destinations.Where(destination => destination.Weight > 0)];
        _total = Candidates.Sum(destination => (long)destination.Weight);
    }

    /// <summary>Those that can be picked.</summary>
    public RouteDestination[] Candidates { get; }

    /// <summary>The destination of a name; null where it is not among those that can be picked.</summary>
    public RouteDestination? Find(string clusterName) => Array.Find(Candidates, destination => destination.ClusterName == clusterName);

    /// <summary>
    /// <c>random % total</c>, walked over half-open intervals, anew for each request
    /// (<c>source/common/router/config_impl.cc: pickWeightedCluster</c> of envoyproxy/envoy).
    /// </summary>
    public RouteDestination Pick(Randomness randomness)
    {
        if (Candidates.Length == 1)
        {
            return Candidates[0];
        }

        var left = randomness.Below(_total);
        var i = 0;
        while (left >= Candidates[i].Weight)
        {
            left -= Candidates[i].Weight;
            i++;
        }

        return Candidates[i];
    }
}
