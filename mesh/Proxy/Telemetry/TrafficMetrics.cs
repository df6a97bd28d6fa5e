using System.Collections.Concurrent;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>All series of the mesh. They are found once for each destination, not for each request.</summary>
internal sealed class TrafficMetrics
{
    private const string Unknown = "unknown";

    // By name and namespace: two namespaces may have a workload of the same name.
    private readonly ConcurrentDictionary<
        (Reporter Reporter, string Source, string SourceNamespace, string Service, string? Destination, string? DestinationNamespace),
        TrafficSeries> _all = new();

    public IEnumerable<TrafficSeries> All => _all.Values;

    /// <summary>The series for what a workload answers; without one, for what the mesh answers in a service's place.</summary>
    public TrafficSeries SeriesFor(Caller caller, Service service, Workload? destination, Reporter reporter = Reporter.Source) =>
        Get(new TrafficLabels(reporter, caller.Workload, service.Host, service.Name, service.Namespace, destination));

    /// <summary>
    /// The series for requests to no service of the mesh; <paramref name="name"/> is Istio's: <c>PassthroughCluster</c>,
    /// <c>BlackHoleCluster</c>, <c>unknown</c>.
    /// </summary>
    public TrafficSeries SeriesFor(Caller caller, string name) =>
        Get(new TrafficLabels(Reporter.Source, caller.Workload, name, name, Unknown, null));

    private TrafficSeries Get(TrafficLabels labels) => _all.GetOrAdd(
        (labels.Reporter, labels.Source.Name, labels.Source.Namespace, labels.Service, labels.Destination?.Name,
            labels.Destination?.Namespace),
        static (_, labels) => new TrafficSeries(labels), labels);
}
