using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Endpoints;

/// <summary>
/// What one caller knows of one endpoint of one destination. It outlives the rules: a new set finds it as the old one left it.
/// </summary>
internal sealed class UpstreamHost(Endpoint endpoint, TrafficSeries series, DateTimeOffset since, TrafficSeries? seriesOfPod = null)
{
    private int _activeRequests;

    public Endpoint Endpoint { get; } = endpoint;

    /// <summary><c>http://host:port</c>.</summary>
    public string Prefix { get; } = $"http://{endpoint.Address}";

    /// <summary>Where the requests that it answers are counted.</summary>
    public TrafficSeries Series { get; } = series;

    /// <summary>Where its own sidecar counts the attempts that reach it; null for an endpoint that is not a pod of the mesh.</summary>
    public TrafficSeries? SeriesOfPod { get; } = seriesOfPod;

    /// <summary>Since when it takes part, for warm-up.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>What the circuit breaker holds against it.</summary>
    public HostHealth Health { get; } = new();

    /// <summary>Requests of this caller that it has not answered in full yet.</summary>
    public int ActiveRequests => Volatile.Read(ref _activeRequests);

    public void Begin() => Interlocked.Increment(ref _activeRequests);

    public void End() => Interlocked.Decrement(ref _activeRequests);
}
