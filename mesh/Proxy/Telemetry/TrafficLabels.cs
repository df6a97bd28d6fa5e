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

/// <summary>What tells one series of <c>istio_requests_total</c> from another within a pair of workloads.</summary>
/// <param name="Code">HTTP status; 0 where the caller went away before there was one.</param>
/// <param name="Flags">Response flags.</param>
/// <param name="IsGrpc">Whether the request was gRPC's.</param>
/// <param name="GrpcStatus">The gRPC status, -1 where there is none.</param>
internal readonly record struct ResponseLabels(int Code, ResponseFlags Flags, bool IsGrpc, int GrpcStatus)
{
    /// <summary>Failed in the eyes of the caller: a 5xx, no answer, or a gRPC status other than OK.</summary>
    public bool IsError => Code >= 500 || Code == 0 || GrpcStatus > 0;
}
