using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>Endpoints without sockets.</summary>
internal static class Hosts
{
    private static readonly TrafficSeries Series =
        new(new TrafficLabels(Reporter.Source, Workload.Of("a", "v1"), "b", "b", "default", null));

    public static UpstreamHost[] Make(int count, DateTimeOffset since = default) => [.. Enumerable.Range(1, count)
        .Select(i => new UpstreamHost(new Endpoint($"10.0.0.{i}", 9080, new Dictionary<string, string>(), null), Series, since))];

    public static ClusterState State(TimeProvider? time = null) => new((_, _) => Series, new OwnListeners(), time ?? TimeProvider.System);

    /// <summary>An exchange that no balancer without a key looks at.</summary>
    public static Exchange Nobody() => new() { Caller = null! };
}
