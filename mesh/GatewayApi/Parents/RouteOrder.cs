using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>
/// Which of two resources of the Gateway API comes first: the older one, then by namespace, then by name
/// (<c>conversion.go: sortRoutesByCreationTime</c>). One without a time counts as the oldest.
/// </summary>
internal sealed class RouteOrder : IComparer<Resource>
{
    private RouteOrder()
    {
    }

    public static RouteOrder Instance { get; } = new();

    public int Compare(Resource? x, Resource? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var byAge = SecondsOf(x).CompareTo(SecondsOf(y));
        var bySpace = byAge != 0 ? byAge : string.CompareOrdinal(x.Namespace, y.Namespace);
        return bySpace != 0 ? bySpace : string.CompareOrdinal(x.Name, y.Name);
    }

    private static long SecondsOf(Resource resource) =>
        (resource.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue).UtcTicks / TimeSpan.TicksPerSecond;
}
