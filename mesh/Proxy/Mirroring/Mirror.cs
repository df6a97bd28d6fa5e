using System.Net;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Mirroring;

/// <summary>
/// Sends a copy of the request and drops the answer. The Host stays as it is (<c>pilot/pkg/features/pilot.go:
/// DISABLE_SHADOW_HOST_SUFFIX</c>). A body that is longer than what is remembered is not copied, as with Envoy's buffered shadows.
/// </summary>
internal sealed class Mirror(ClusterSpec? destination, double percent, Randomness randomness, TimeProvider time)
{
    /// <summary>A copy without an answer must not stay for ever.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Copies of one mirror that are under way or wait at the same time.</summary>
    private const int MostCopies = 1024;

    /// <summary>Bytes of bodies that they hold together.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private int _copies;
    private long _bytes;

    public ClusterSpec? Destination => destination;

    public double Percent => percent;

    /// <summary>Draws the lot, and sends the copy at once, or once the body has gone by.</summary>
    public void Copy(Exchange exchange, ClusterTable clusters, ReplayableBody? body)
    {
        if (destination is null || !randomness.Happens(percent))
        {
            return;
        }

        var cluster = clusters[destination];
        if (PickHost(cluster, exchange) is not { } host)
        {
            return;
        }

        var message = Message(exchange, host, cluster.Spec.UsesHttp2(exchange.Context.Request.Protocol));
        if (body is null)
        {
            _ = SendAsync(cluster, host, message, exchange.IsGrpc);
            return;
        }

        var isGrpc = exchange.IsGrpc;
        body.OnCompleted(bytes =>
        {
            message.Content = new ByteArrayContent(bytes);
            CopyContentHeaders(exchange, message);
            _ = SendAsync(cluster, host, message, isGrpc);
        });
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
    private async Task SendAsync(Cluster cluster, UpstreamHost host, HttpRequestMessage message, bool isGrpc)
    {
        using var sent = message;
        var bytes = message.Content?.Headers.ContentLength ?? 0;
        var isWithinBounds = Interlocked.Increment(ref _copies) <= MostCopies & Interlocked.Add(ref _bytes, bytes) <= MostBytes;
        try
        {
            using var timeout = new CancellationTokenSource(Limit, time);
            if (isWithinBounds && await cluster.Limits.EnterAsync(isRetry: false, timeout.Token, CancellationToken.None))
            {
                try
                {
                    await SendInPlaceAsync(cluster, host, message, isGrpc, timeout.Token);
                }
                finally
                {
                    cluster.Limits.Exit(isRetry: false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It waited too long for a place.
        }
        finally
        {
            Interlocked.Decrement(ref _copies);
            Interlocked.Add(ref _bytes, -bytes);
        }
    }

    private async Task SendInPlaceAsync(
        Cluster cluster, UpstreamHost host, HttpRequestMessage message, bool isGrpc, CancellationToken cancellationToken)
    {
        var connections = cluster.EnterConnections();
        host.Begin();
        try
        {
            var started = time.GetTimestamp();
            using var response = await connections.Invoker.SendAsync(message, cancellationToken);
            var answer = new CountingStream();
            answer.Over(Stream.Null);
            await response.Content.CopyToAsync(answer, cancellationToken);

            // The caller's sidecar does not count a copy, the pod's does.
            host.SeriesOfPod?.Count(
                new ResponseLabels((int)response.StatusCode, ResponseFlags.None, isGrpc, -1),
                time.GetElapsedTime(started), message.Content?.Headers.ContentLength ?? 0, answer.Count);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // No caller waits for it.
        }
        finally
        {
            connections.Leave();
            host.End();
        }
    }

    private static HttpRequestMessage Message(Exchange exchange, UpstreamHost host, bool http2)
    {
        var request = exchange.Context.Request;
        var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), UpstreamTarget.At(host, exchange))
        {
            Version = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, values) in request.Headers)
        {
            if (!IsHopByHop(name))
            {
                message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return message;
    }

    private static void CopyContentHeaders(Exchange exchange, HttpRequestMessage message)
    {
        foreach (var (name, values) in exchange.Context.Request.Headers)
        {
            if (name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                message.Content!.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
    }

    private static bool IsHopByHop(string name) => name.StartsWith(':') || name.ToUpperInvariant() is
        "CONNECTION" or "TRANSFER-ENCODING" or "KEEP-ALIVE" or "UPGRADE" or "PROXY-CONNECTION" or "TE" or "EXPECT";
}
