using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Mirroring;

/// <summary>
/// Sends a copy of the request and drops the answer. The Host stays as it is (<c>pilot/pkg/features/pilot.go:
/// DISABLE_SHADOW_HOST_SUFFIX</c>).
/// </summary>
internal sealed class Mirror(ClusterSpec? destination, double percent, Randomness randomness, TimeProvider time)
{
    /// <summary>A copy that does not go on, or has no answer, must not stay for ever.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly MirrorBounds _bounds = new();

    public ClusterSpec? Destination => destination;

    public double Percent => percent;

    /// <summary>Draws the lot, and sends the copy at once, or as the body goes by.</summary>
    public void Copy(Exchange exchange, ClusterTable clusters, ReplayableBody? body)
    {
        if (destination is null || !randomness.Happens(percent))
        {
            return;
        }

        var cluster = clusters[destination];
        var http2 = cluster.Spec.UsesHttp2(exchange.Context.Request.Protocol);
        if (!UpstreamTarget.CanBeSent(exchange, http2) || PickHost(cluster, exchange) is not { } host)
        {
            return;
        }

        var request = new MirroredRequest(exchange);
        if (body is null)
        {
            _ = SendAsync(cluster, host, request, http2);
            return;
        }

        var copy = new MirroredBody(_bounds, () => _ = SendAsync(cluster, host, request, http2));
        request.Body = copy;
        body.CopyTo(copy);
    }

    /// <summary>A copy has no caller who could be given a cookie.</summary>
    private static UpstreamHost? PickHost(Cluster cluster, Exchange exchange)
    {
        var cookie = exchange.NewCookie;
        var host = cluster.Balancer().Pick(exchange);
        exchange.NewCookie = cookie;
        return host;
    }

    /// <summary>Sends a copy within the destination's limits and the mirror's own; one that finds no place is dropped.</summary>
    private async Task SendAsync(Cluster cluster, UpstreamHost host, MirroredRequest request, bool http2)
    {
        try
        {
            if (!_bounds.TryEnter())
            {
                return;
            }

            try
            {
                await SendWithinLimitsAsync(cluster, host, request, http2);
            }
            finally
            {
                _bounds.Leave();
            }
        }
        finally
        {
            request.Body?.Dispose();
        }
    }

    private async Task SendWithinLimitsAsync(Cluster cluster, UpstreamHost host, MirroredRequest request, bool http2)
    {
        if (!cluster.Limits.TryEnter(isRetry: false))
        {
            return;
        }

        try
        {
            await SendInPlaceAsync(cluster, host, request, http2);
        }
        finally
        {
            cluster.Limits.Exit(isRetry: false);
        }
    }

    private async Task SendInPlaceAsync(Cluster cluster, UpstreamHost host, MirroredRequest request, bool http2)
    {
        using var timeout = new CancellationTokenSource(Limit, time);
        using var broken = request.Body?.Broken.Register(timeout.Cancel);
        request.Body?.WasRead = () => timeout.CancelAfter(Limit);
        host.Begin();
        try
        {
            var started = time.GetTimestamp();
            var (status, bytes) = await MirrorClient.SendAsync(cluster, host, request, http2, timeout.Token);

            // The caller's sidecar does not count a copy, the pod's does.
            host.SeriesOfPod?.Count(
                new ResponseLabels(status, ResponseFlags.None, request.IsGrpc, -1), time.GetElapsedTime(started), request.Body?.Count ?? 0,
                bytes);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // No caller waits for it.
        }
        finally
        {
            host.End();
        }
    }
}
