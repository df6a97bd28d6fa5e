using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy;

/// <summary>A request that is over, as the caller's side of the mesh saw it: the parts of its access log that people read first.</summary>
/// <param name="At">When it was over.</param>
/// <param name="Caller">The calling workload, for example <c>productpage-v1</c>.</param>
/// <param name="Service">The service's short name, or <c>PassthroughCluster</c>, <c>BlackHoleCluster</c> or <c>unknown</c>.</param>
/// <param name="Release">The release that answered; <c>unknown</c> where the mesh answered itself.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">The request target as it was on the wire, with its query.</param>
/// <param name="Status">The status; 0 where the caller went away before there was one.</param>
/// <param name="Flags">Envoy's response flags, <c>UF,URX</c>; <c>-</c> for none.</param>
/// <param name="Attempts">How often it was sent to a pod; 0 where the mesh answered itself.</param>
/// <param name="Duration">How long it took, with all attempts.</param>
/// <param name="Id">Its <c>x-request-id</c>; empty where it has none.</param>
public sealed record RecentRequest(
    DateTimeOffset At,
    string Caller,
    string Service,
    string Release,
    string Method,
    string Target,
    int Status,
    string Flags,
    int Attempts,
    TimeSpan Duration,
    string Id)
{
    internal static RecentRequest From(TrafficLabels labels, KeptRequest request) => new(
        request.At,
        labels.Source.Name,
        labels.ServiceName,
        labels.Destination?.Version ?? "unknown",
        request.Method,
        request.Target,
        request.Status,
        request.Flags.Text(),
        request.Attempts,
        request.Duration,
        HttpSyntax.ToText(request.Id));
}
