using System.Globalization;
using System.Net;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>One try: a place within the limits, an endpoint, YARP, and what is learnt from how it ends.</summary>
internal sealed class UpstreamTry(IHttpForwarder forwarder, TimeProvider time)
{
    // The mesh's time-outs are Istio's; YARP's for idle requests would add one that no rule asks for.
    private static readonly ForwarderRequestConfig Http1 = new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static readonly ForwarderRequestConfig Http2 = Http1 with { Version = HttpVersion.Version20 };
    private static readonly string[] AttemptNumbers = [.. Enumerable.Range(0, 16).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public async Task RunAsync(Exchange exchange, Cluster cluster, CancellationToken deadline)
    {
        var isRetry = exchange.Attempts > 0;
        exchange.Attempts++;
        exchange.Retries.Trying();
        if (!await cluster.Limits.EnterAsync(isRetry, deadline, exchange.Context.RequestAborted))
        {
            await UpstreamFailure.Overflow.ReplyAsync(exchange);
            return;
        }

        try
        {
            if (cluster.Pick(exchange, exchange.Retries) is { } host)
            {
                await SendAsync(exchange, cluster, host, deadline);
            }
            else
            {
                await LocalReply.SendAsync(exchange, 503, "no healthy upstream", ResponseFlags.NoHealthyUpstream, "no_healthy_upstream");
            }
        }
        finally
        {
            cluster.Limits.Exit(isRetry);
        }
    }

    private async Task SendAsync(Exchange exchange, Cluster cluster, UpstreamHost host, CancellationToken deadline)
    {
        exchange.Host = host;
        exchange.Retries.GoingTo(host);
        exchange.Context.Request.Headers["x-envoy-attempt-count"] = AttemptNumbers[Math.Min(exchange.Attempts, AttemptNumbers.Length - 1)];
        using var clock = exchange.Retries.Policy?.PerTryTimeout is { } limit ? new TryClock(limit, time, deadline) : null;
        exchange.Upstream.Begin(cluster, clock);
        var connections = cluster.EnterConnections();
        host.Begin();
        try
        {
            var config = cluster.UsesHttp2(exchange) ? Http2 : Http1;
            var error = await forwarder.SendAsync(exchange.Context, host.Prefix, connections.Invoker, config, exchange.Upstream, clock?.Token ?? deadline);
            if (error != ForwarderError.None)
            {
                await FailAsync(exchange, cluster, host, UpstreamFailure.From(exchange, error, clock, deadline));
            }
        }
        finally
        {
            connections.Leave();
            host.End();
        }
    }

    private static Task FailAsync(Exchange exchange, Cluster cluster, UpstreamHost host, UpstreamFailure failure)
    {
        if (failure.IsUpstreams)
        {
            cluster.Outliers?.Failed(host);
        }

        if (exchange.Context.Response.HasStarted)
        {
            // The answer breaks off; YARP has cut the caller's connection so that it does not look whole.
            exchange.Flags |= failure.Flags;
            exchange.Details = failure.DetailsAfterStart;
            return Task.CompletedTask;
        }

        if (exchange.Retries.Decide(failure.Kind, cluster, out var flags))
        {
            return Task.CompletedTask;
        }

        exchange.Flags |= flags;
        return failure.ReplyAsync(exchange);
    }
}
