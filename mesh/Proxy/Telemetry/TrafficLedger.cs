using System.Collections.Concurrent;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>All cells of the mesh. Cells are found once for each destination, not for each request.</summary>
internal sealed class TrafficLedger
{
    private const string Unknown = "unknown";
    private readonly ConcurrentDictionary<(string Source, string Service, string? Destination), TrafficCell> _cells = new();

    public IEnumerable<TrafficCell> Cells => _cells.Values;

    /// <summary>The cell for what a workload answers; without one, for what the mesh answers in a service's place.</summary>
    public TrafficCell Cell(Caller caller, Service service, Workload? destination) =>
        Get(new TrafficKey(caller.Workload, service.Host, service.Name, service.Namespace, destination));

    /// <summary>The cell for requests to no service of the mesh; <paramref name="name"/> is Istio's: <c>PassthroughCluster</c>, <c>BlackHoleCluster</c>, <c>unknown</c>.</summary>
    public TrafficCell Cell(Caller caller, string name) => Get(new TrafficKey(caller.Workload, name, name, Unknown, null));

    private TrafficCell Get(TrafficKey key) =>
        _cells.GetOrAdd((key.Source.Name, key.Service, key.Destination?.Name), static (_, key) => new TrafficCell(key), key);
}
