using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Limits;

/// <summary>
/// The bulkhead: the requests and retries that one caller may have under way towards one destination. Connections, and requests that wait
/// for one, are limited where they are opened. Source: <c>pilot/pkg/networking/core/cluster_traffic_policy.go: applyConnectionPool</c>;
/// <c>source/common/conn_pool/conn_pool_base.cc</c> of envoyproxy/envoy.
/// </summary>
internal sealed class RequestLimits(ConnectionPoolSettings? pool, LimitsInUse inUse)
{
    private readonly long _maxRequests = Of(pool?.Http?.Http2MaxRequests);
    private readonly long _maxRetries = Of(pool?.Http?.MaxRetries);

    /// <summary>Whether one more retry may be under way.</summary>
    public bool AllowsRetry => inUse.Retries < _maxRetries;

    /// <summary>A limit as the rules have it: null and zero are none.</summary>
    public static long Of(int? setting) => setting is > 0 ? setting.Value : long.MaxValue;

    /// <summary>Takes a place for a try, to be given back by <see cref="Exit"/>; false where a limit is reached.</summary>
    public bool TryEnter(bool isRetry) => inUse.TryBegin(_maxRequests, isRetry);

    public void Exit(bool isRetry) => inUse.End(isRetry);
}
