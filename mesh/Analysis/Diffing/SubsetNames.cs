using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>A subset of a service.</summary>
/// <param name="Host">The service's full host.</param>
/// <param name="Subset">The subset.</param>
public sealed record SubsetName(string Host, string Subset);

/// <summary>Calls Services that stand for subsets by the names of the subsets.</summary>
/// <param name="subsets">Subsets by the full hosts of the Services that stand for them.</param>
internal sealed class SubsetNames(IReadOnlyDictionary<string, SubsetName> subsets)
{
    /// <summary>The outcome with the names of subsets.</summary>
    public RouteOutcome In(RouteOutcome outcome) => subsets.Count == 0 ? outcome : outcome with
    {
        Destinations = [.. outcome.Destinations.Select(In)],
        Mirrors = [.. outcome.Mirrors.Select(mirror => mirror with { Cluster = mirror.Cluster is null ? null : In(mirror.Cluster) })],
    };

    private OutcomeDestination In(OutcomeDestination destination) =>
        destination.Subset.Length == 0 && subsets.TryGetValue(destination.Host, out var name)
            ? destination with { Cluster = In(destination.Cluster), Host = name.Host, Subset = name.Subset }
            : destination;

    /// <summary>Istio's name of a destination, <c>outbound|9080|v2|reviews.default.svc.cluster.local</c>.</summary>
    private string In(string cluster) => cluster.Split('|') is [var direction, var port, "", var host]
        && subsets.TryGetValue(host, out var name) ? $"{direction}|{port}|{name.Subset}|{name.Host}" : cluster;
}
