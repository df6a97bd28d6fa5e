using Bookinfo.Cluster.Settings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;

namespace Bookinfo.Cluster.Traffic;

/// <summary>The stack's policy for calls, wherever a rule says nothing of its own.</summary>
internal static class CallPolicy
{
    /// <summary>
    /// Timeout and retries of a route that forwards. A call of gRPC may be a stream that stays open for hours: it gets no time but its own
    /// deadline.
    /// </summary>
    public static HttpRoute Apply(HttpRoute route, ServiceProtocol protocol, PolicySettings policy) =>
        route.Route.Count == 0 ? route : route with
        {
            Timeout = route.Timeout ?? (protocol == ServiceProtocol.Http ? policy.Timeout : null),
            Retries = route.Retries ?? Retries(protocol, policy),
        };

    /// <summary>The bulkhead and the circuit breaker of a host.</summary>
    public static TrafficPolicy Apply(TrafficPolicy? written, PolicySettings policy)
    {
        var traffic = written ?? new TrafficPolicy();
        return traffic with
        {
            ConnectionPool = traffic.ConnectionPool ?? new ConnectionPoolSettings
            {
                Tcp = new TcpSettings { MaxConnections = policy.MaxConnections },
                Http = new HttpSettings { Http1MaxPendingRequests = policy.MaxPendingRequests, Http2MaxRequests = policy.MaxRequests },
            },
            OutlierDetection = traffic.OutlierDetection ?? new OutlierDetection
            {
                Consecutive5xxErrors = policy.ConsecutiveErrors,
                Interval = policy.Interval,
                BaseEjectionTime = policy.EjectionTime,
                MaxEjectionPercent = policy.MaxEjectionPercent,
            },
        };
    }

    // istiod refuses a time or a condition for tries that are switched off.
    private static HttpRetry Retries(ServiceProtocol protocol, PolicySettings policy) => policy.Retries == 0
        ? new HttpRetry { Attempts = 0 }
        : new HttpRetry
        {
            Attempts = policy.Retries,
            PerTryTimeout = protocol == ServiceProtocol.Http ? policy.PerTryTimeout : null,
            RetryOn = policy.RetryOn,
        };
}
