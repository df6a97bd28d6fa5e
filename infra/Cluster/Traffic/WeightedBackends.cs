using Bookinfo.Topology;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Traffic;

/// <summary>The weighted backends of a Gateway API route: one Service for each release.</summary>
internal static class WeightedBackends
{
    /// <summary>The releases that have a weight, in the service's order.</summary>
    public static object[] Of(BookService service, IReadOnlyDictionary<string, int> weights) =>
    [
        .. from release in service.Releases
           where weights.ContainsKey(release.Version)
           select (object)Map(("name", service.WorkloadName(release)), ("port", service.Port), ("weight", weights[release.Version])),
    ];
}
