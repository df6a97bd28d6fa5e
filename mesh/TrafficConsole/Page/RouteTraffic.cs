using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.TrafficConsole.Model;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>What one workload asked of one service, split over the releases that answered.</summary>
/// <param name="Caller">The calling workload.</param>
/// <param name="Destination">The service.</param>
/// <param name="Requests">All requests.</param>
/// <param name="Releases">The splits, in the order in which the service's releases are listed; what the mesh answered itself comes
/// last.</param>
internal sealed record RouteTraffic(string Caller, string Destination, long Requests, IReadOnlyList<ReleaseTraffic> Releases)
{
    /// <summary>Groups what was counted, in the order of the services.</summary>
    public static IReadOnlyList<RouteTraffic> From(TrafficSnapshot traffic, IReadOnlyList<ServiceDescription> services) =>
    [
        .. traffic.Entries
            .GroupBy(entry => entry.Route)
            .Select(group => From(group, services))
            .OrderBy(route => PlaceOf(route.Destination, services)).ThenBy(route => route.Caller, StringComparer.Ordinal),
    ];

    private static RouteTraffic From(IEnumerable<TrafficEntry> entries, IReadOnlyList<ServiceDescription> services)
    {
        var all = entries.ToList();
        var releases = services.FirstOrDefault(service => service.Name == all[0].DestinationServiceName)?.Releases ?? [];
        var split = all.Select(entry => new ReleaseTraffic(entry, PlaceOf(entry.Release, releases)))
            .OrderBy(release => release.Place ?? int.MaxValue);
        return new RouteTraffic(all[0].Caller, all[0].DestinationServiceName, all.Sum(entry => entry.Requests), [.. split]);
    }

    private static int PlaceOf(string service, IReadOnlyList<ServiceDescription> services)
    {
        var place = services.Select(known => known.Name).ToList().IndexOf(service);
        return place < 0 ? int.MaxValue : place;
    }

    private static int? PlaceOf(string version, IReadOnlyList<ReleaseDescription> releases)
    {
        var place = releases.Select(known => known.Version).ToList().IndexOf(version);
        return place < 0 ? null : place;
    }
}

/// <summary>A release's part of a route.</summary>
/// <param name="Entry">What was counted.</param>
/// <param name="Place">Which of the service's releases it is, from 0; null where the mesh answered itself.</param>
internal sealed record ReleaseTraffic(TrafficEntry Entry, int? Place);
