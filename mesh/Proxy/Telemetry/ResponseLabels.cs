namespace Bookinfo.Mesh.Proxy.Telemetry;

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
