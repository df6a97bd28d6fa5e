using System.Globalization;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi;

namespace Bookinfo.Cluster.Mesh;

/// <summary>
/// The stack's policy for calls in Linkerd's words: annotations of a Service (linkerd.io reference: retries, timeouts, circuit breaking).
/// </summary>
internal static class LinkerdPolicy
{
    /// <summary>
    /// Timeout, retries and circuit breaker. A call of gRPC may be a stream that stays open for hours: it gets no time but its own
    /// deadline.
    /// </summary>
    public static InputMap<string> Annotations(BookService service, PolicySettings policy)
    {
        var isGrpc = service.Protocol == ServiceProtocol.Grpc;
        var annotations = new InputMap<string>();
        if (!isGrpc)
        {
            annotations.Add("timeout.linkerd.io/request", Milliseconds(policy.Timeout));
        }

        if (policy.Retries > 0)
        {
            annotations.Add(isGrpc ? "retry.linkerd.io/grpc" : "retry.linkerd.io/http", isGrpc ? "unavailable,cancelled" : "gateway-error");
            annotations.Add("retry.linkerd.io/limit", policy.Retries.ToString(CultureInfo.InvariantCulture));
            if (!isGrpc)
            {
                annotations.Add("retry.linkerd.io/timeout", Milliseconds(policy.PerTryTimeout));
            }
        }

        if (policy.ConsecutiveErrors > 0)
        {
            annotations.Add("balancer.linkerd.io/failure-accrual", "consecutive");
            annotations.Add("balancer.linkerd.io/failure-accrual-consecutive-max-failures",
                policy.ConsecutiveErrors.ToString(CultureInfo.InvariantCulture));
            annotations.Add("balancer.linkerd.io/failure-accrual-consecutive-min-penalty", Milliseconds(policy.EjectionTime));
            annotations.Add("balancer.linkerd.io/failure-accrual-consecutive-max-penalty", Milliseconds(10 * policy.EjectionTime));
        }

        return annotations;
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}ms";
}
