using System.Globalization;
using Bookinfo.Cluster.Settings;
using Pulumi;

namespace Bookinfo.Cluster.Mesh;

/// <summary>The stack's policy for calls in Linkerd's words: annotations of a Service (linkerd.io reference: retries, timeouts, circuit breaking).</summary>
internal static class LinkerdPolicy
{
    /// <summary>Timeout, retries and circuit breaker.</summary>
    public static InputMap<string> Annotations(PolicySettings policy)
    {
        var annotations = new InputMap<string> { ["timeout.linkerd.io/request"] = Milliseconds(policy.Timeout) };
        if (policy.Retries > 0)
        {
            annotations.Add("retry.linkerd.io/http", "gateway-error");
            annotations.Add("retry.linkerd.io/grpc", "unavailable,cancelled");
            annotations.Add("retry.linkerd.io/limit", policy.Retries.ToString(CultureInfo.InvariantCulture));
            annotations.Add("retry.linkerd.io/timeout", Milliseconds(policy.PerTryTimeout));
        }

        if (policy.ConsecutiveErrors > 0)
        {
            annotations.Add("balancer.linkerd.io/failure-accrual", "consecutive");
            annotations.Add("balancer.linkerd.io/failure-accrual-consecutive-max-failures", policy.ConsecutiveErrors.ToString(CultureInfo.InvariantCulture));
            annotations.Add("balancer.linkerd.io/failure-accrual-consecutive-min-penalty", Milliseconds(policy.EjectionTime));
            annotations.Add("balancer.linkerd.io/failure-accrual-consecutive-max-penalty", Milliseconds(10 * policy.EjectionTime));
        }

        return annotations;
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}ms";
}
