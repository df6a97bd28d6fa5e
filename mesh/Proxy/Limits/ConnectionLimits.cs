using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Limits;

/// <summary>
/// The bulkhead: what one caller may have under way towards one destination. Envoy counts per cluster; a request on HTTP/1.1 is a
/// connection. Source: <c>pilot/pkg/networking/core/cluster_traffic_policy.go: applyConnectionPool</c>;
/// <c>source/common/conn_pool/conn_pool_base.cc</c> of envoyproxy/envoy.
/// </summary>
internal sealed class ConnectionLimits(ConnectionPoolSettings? pool, bool http2, LimitsInUse inUse)
{
    private readonly long _maxRequests = Limit(pool?.Http?.Http2MaxRequests);
    private readonly long _maxRetries = Limit(pool?.Http?.MaxRetries);

    /// <summary>Where requests wait for a connection; null where connections are not limited, or are shared by HTTP/2's streams.</summary>
    private readonly ConnectionGate? _gate = !http2 && Limit(pool?.Tcp?.MaxConnections) is not long.MaxValue and var connections
        ? inUse.Gate(connections, Limit(pool?.Http?.Http1MaxPendingRequests))
        : null;

    /// <summary>Whether one more retry may be under way.</summary>
    public bool AllowsRetry => inUse.Retries < _maxRetries;

    /// <summary>
    /// Takes a place for a try: true with one, false where a limit is reached. To be given back by <see cref="Exit"/>. Whoever waits for
    /// one gives up when the request's time is over or its caller gone, so that no request waits behind one that is no longer wanted.
    /// </summary>
    public ValueTask<bool> EnterAsync(bool isRetry, CancellationToken deadline, CancellationToken callerGone)
    {
        if (!inUse.TryBegin(_maxRequests, isRetry))
        {
            return ValueTask.FromResult(false);
        }

        return _gate is null ? ValueTask.FromResult(true) : WaitAsync(_gate, isRetry, deadline, callerGone);
    }

    public void Exit(bool isRetry)
    {
        _gate?.Leave();
        inUse.End(isRetry);
    }

    private async ValueTask<bool> WaitAsync(ConnectionGate gate, bool isRetry, CancellationToken deadline, CancellationToken callerGone)
    {
        var entered = false;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, callerGone);
            return entered = await gate.EnterAsync(either.Token);
        }
        finally
        {
            if (!entered)
            {
                inUse.End(isRetry);
            }
        }
    }

    /// <summary>Null and zero are no limit.</summary>
    private static long Limit(int? setting) => setting is > 0 ? setting.Value : long.MaxValue;
}
