using System.Globalization;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>The labels of Istio's standard metrics (https://istio.io/latest/docs/reference/config/metrics/), in Istio's order.</summary>
internal static class IstioLabels
{
    private const string Unknown = "unknown";

    /// <summary>Istio's <c>CLUSTER_ID</c> where the installation sets none (<c>ISTIO_META_CLUSTER_ID</c> in the charts).</summary>
    private const string ClusterId = "Kubernetes";

    /// <summary>The labels of one series; each value is a string.</summary>
    /// <param name="who">Who called whom, and who says so.</param>
    /// <param name="response">How it ended.</param>
    public static KeyValuePair<string, object?>[] Create(TrafficLabels who, in ResponseLabels response) =>
    [
        new("reporter", who.Reporter == Reporter.Source ? "source" : "destination"),
        .. CreateWorkload("source", who.Source),
        .. CreateWorkload("destination", who.Destination),
        new("destination_service", who.Service),
        new("destination_service_name", who.ServiceName),
        new("destination_service_namespace", who.ServiceNamespace),
        new("request_protocol", response.IsGrpc ? "grpc" : "http"),
        new("response_code", response.Code.ToString(CultureInfo.InvariantCulture)),
        new("grpc_response_status", response.GrpcStatus < 0 ? "" : response.GrpcStatus.ToString(CultureInfo.InvariantCulture)),
        new("response_flags", response.Flags.Text()),

        // There is no mTLS here. Only the receiving side knows how a request came; the sending side always says unknown.
        new("connection_security_policy", who.Reporter == Reporter.Source ? Unknown : "none"),
    ];

    private static KeyValuePair<string, object?>[] CreateWorkload(string side, Workload? workload) =>
    [
        new($"{side}_workload", workload?.Name ?? Unknown),
        new($"{side}_workload_namespace", workload?.Namespace ?? Unknown),
        new($"{side}_principal", Unknown),
        new($"{side}_app", workload?.App ?? Unknown),
        new($"{side}_version", workload?.Version ?? Unknown),
        new($"{side}_canonical_service", workload?.CanonicalService ?? Unknown),
        new($"{side}_canonical_revision", workload?.CanonicalRevision ?? Unknown),
        new($"{side}_cluster", workload is null ? Unknown : ClusterId),
    ];
}
