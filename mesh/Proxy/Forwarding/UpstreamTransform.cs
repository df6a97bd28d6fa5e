using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>What the mesh has to say while YARP forwards a try: the address to go to, and whether an answer is good enough to hand back.</summary>
internal sealed class UpstreamTransform(Exchange exchange, TimeProvider time) : HttpTransformer
{
    private Cluster? _cluster;
    private TryClock? _clock;

    public void Begin(Cluster cluster, TryClock? clock) => (_cluster, _clock) = (cluster, clock);

    public void Reset() => (_cluster, _clock) = (null, null);

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = UpstreamTarget.At(exchange.Host!, exchange);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null || GivesUp(proxyResponse))
        {
            return false;
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        exchange.FinishHeaders(httpContext.Response.Headers);
        if (IsLiveStream(httpContext.Response))
        {
            await httpContext.Response.Body.FlushAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Whether the caller may wait for the headers before anything else happens. YARP sends them with the first bytes of the body, which may then never
    /// come: a gRPC answer that does not end with its headers, and server-sent events, begin at once.
    /// </summary>
    private bool IsLiveStream(HttpResponse response) => exchange.IsGrpc
        ? !response.Headers.ContainsKey("grpc-status")
        : response.ContentType is { } type && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);

    public override async ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        await base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
        if (exchange.IsGrpc && proxyResponse.TrailingHeaders.NonValidated.TryGetValues("grpc-status", out var status))
        {
            exchange.ReadGrpcStatus(status.ToString());
        }
    }

    /// <summary>The answer has begun: the try's clock stops, the circuit breaker is told, and the retry policy decides.</summary>
    private bool GivesUp(HttpResponseMessage response)
    {
        _clock?.Stop();
        exchange.UpstreamTime = time.GetElapsedTime(exchange.StartedAt);
        var status = (int)response.StatusCode;
        if (exchange.IsGrpc && response.Headers.NonValidated.TryGetValues("grpc-status", out var grpcStatus))
        {
            exchange.ReadGrpcStatus(grpcStatus.ToString());
        }

        _cluster!.Outliers?.Answered(exchange.Host!, exchange.GrpcStatus is > 0 and var code ? GrpcStatus.ToHttp(code) : status);
        if (exchange.Retries.Decide(response.Headers, status, exchange.GrpcStatus, _cluster, out var flags))
        {
            exchange.GrpcStatus = null;
            return true;
        }

        exchange.Flags |= flags;
        exchange.Details = "via_upstream";
        return false;
    }
}
