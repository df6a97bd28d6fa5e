using System.Net;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>One request to one destination, with all its tries.</summary>
internal sealed class UpstreamRequest(IHttpForwarder forwarder, TimeProvider time)
{
    // The mesh's own time-outs are Istio's; YARP's for idle requests would add one that no rule asks for.
    private static readonly ForwarderRequestConfig Http1 = new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        Version = HttpVersion.Version11,
        VersionPolicy = System.Net.Http.HttpVersionPolicy.RequestVersionExact,
    };

    private static readonly ForwarderRequestConfig Http2 = Http1 with { Version = HttpVersion.Version20 };

    public async Task SendAsync(Exchange exchange, Cluster cluster, TimeSpan? timeout)
    {
        using var deadline = timeout is { } limit && limit > TimeSpan.Zero ? new CancellationTokenSource(limit, time) : null;
        var host = cluster.Balancer.Pick();
        if (host is null)
        {
            await LocalReply.SendAsync(exchange, 503, "no healthy upstream", ResponseFlags.NoHealthyUpstream, "no_healthy_upstream");
            return;
        }

        exchange.Host = host;
        exchange.Attempts++;
        host.Begin();
        try
        {
            var config = cluster.Spec.Service.SpeaksHttp2 || exchange.IsGrpc ? Http2 : Http1;
            var error = await forwarder.SendAsync(
                exchange.Context, host.Prefix, cluster.Connections, config, exchange.Upstream, deadline?.Token ?? CancellationToken.None);
            if (error != ForwarderError.None)
            {
                await FailAsync(exchange, UpstreamFailure.From(exchange, error, deadline?.IsCancellationRequested == true));
            }
        }
        finally
        {
            host.End();
        }
    }

    private static Task FailAsync(Exchange exchange, UpstreamFailure failure) =>
        failure.Status == 0
            ? Task.FromResult(exchange.Flags |= failure.Flags)
            : LocalReply.SendAsync(exchange, failure.Status, failure.Body, failure.Flags, failure.Details);
}
