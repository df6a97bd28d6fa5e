using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Who called whom: the labels that all series of one pair of workloads share.</summary>
/// <param name="Source">The calling workload.</param>
/// <param name="Service">The destination's full host; <c>unknown</c> where there is none.</param>
/// <param name="ServiceName">The destination's short name.</param>
/// <param name="ServiceNamespace">The destination's namespace.</param>
/// <param name="Destination">The workload that answered; null where the mesh itself did.</param>
internal sealed record TrafficLabels(Workload Source, string Service, string ServiceName, string ServiceNamespace, Workload? Destination);
