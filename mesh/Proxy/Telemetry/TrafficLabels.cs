using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Who called whom, and who says so: the labels that all series of one pair of workloads share.</summary>
/// <param name="Reporter">Whose sidecar counts.</param>
/// <param name="Source">The calling workload.</param>
/// <param name="Service">The destination's full host; <c>unknown</c> where there is none.</param>
/// <param name="ServiceName">The destination's short name.</param>
/// <param name="ServiceNamespace">The destination's namespace.</param>
/// <param name="Destination">The workload that answered; null where the mesh itself did.</param>
internal sealed record TrafficLabels(
    Reporter Reporter, Workload Source, string Service, string ServiceName, string ServiceNamespace, Workload? Destination);

/// <summary>Whose sidecar counts a request (https://istio.io/latest/docs/reference/config/metrics/).</summary>
internal enum Reporter
{
    /// <summary>The caller's, or the gateway: a request once, with all its attempts and with what the mesh answered itself.</summary>
    Source,

    /// <summary>The pod's: each attempt that reached it, and mirrored requests.</summary>
    Destination,
}
