using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>
/// The metrics and labels that the mesh counts (<see href="https://istio.io/latest/docs/reference/config/metrics/"/>). A query for
/// anything else would never find a sample, which a condition cannot tell from no traffic.
/// </summary>
public static class MetricNames
{
    /// <summary>Requests.</summary>
    public const string Requests = "istio_requests_total";

    /// <summary>How long they took: the buckets, with the label <see cref="UpperBound"/>.</summary>
    public const string DurationBucket = "istio_request_duration_milliseconds_bucket";

    /// <summary>How long they took together, in milliseconds.</summary>
    public const string DurationSum = "istio_request_duration_milliseconds_sum";

    /// <summary>How many of them there were.</summary>
    public const string DurationCount = "istio_request_duration_milliseconds_count";

    /// <summary>The upper bound of a bucket.</summary>
    public const string UpperBound = "le";

    private static readonly string[] Names = [Requests, DurationBucket, DurationSum, DurationCount];

    private static readonly string[] Labels =
    [
        "reporter", .. Sides("source"), .. Sides("destination"), "destination_service", "destination_service_name",
        "destination_service_namespace", "request_protocol", "response_code", "grpc_response_status", "response_flags",
        "connection_security_policy",
    ];

    /// <summary>Refuses a name that is not counted.</summary>
    /// <exception cref="QueryException">The mesh has no such metric.</exception>
    internal static void RequireMetric(string name)
    {
        if (!Names.Contains(name))
        {
            throw new QueryException($"the mesh counts no {name}", Messages.Nearest(name, Names) is { } near ? $"did you mean {near}?"
                : $"there are {Messages.AllOf(Names)}");
        }
    }

    /// <summary>Refuses a label that no series has.</summary>
    /// <exception cref="QueryException">The metric has no such label.</exception>
    internal static void RequireLabel(string name, string metric)
    {
        if (!Labels.Contains(name) && !(name == UpperBound && metric == DurationBucket))
        {
            throw new QueryException(
                $"{metric} has no label {name}",
                Messages.Nearest(name, Labels) is { } near ? $"did you mean {near}?"
                : "use Istio's own labels; those that a Prometheus adds when it scrapes are not there");
        }
    }

    private static IEnumerable<string> Sides(string side) =>
    [
        $"{side}_workload", $"{side}_workload_namespace", $"{side}_principal", $"{side}_app", $"{side}_version",
        $"{side}_canonical_service", $"{side}_canonical_revision", $"{side}_cluster",
    ];
}
