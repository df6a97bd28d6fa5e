using System.Net.Http.Headers;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>What the mesh has to say while YARP forwards an attempt: the address to go to, and whether an answer is handed back.</summary>
internal sealed class YarpTransform(UpstreamAttempt attempt) : HttpTransformer
{
    private readonly Exchange _exchange = attempt.Exchange;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        if (httpContext.Request.Headers.Expect.ToString().Contains("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            // The mesh itself tells the caller to go on (conn_manager_impl.cc: decodeHeaders, proxy_100_continue).
            proxyRequest.Headers.Remove("Expect");
        }

        proxyRequest.RequestUri = UpstreamTarget.At(attempt.Host, _exchange.Path, _exchange.Query);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse,
        CancellationToken cancellationToken)
    {
        if (proxyResponse is null || !attempt.Accepts(Read(proxyResponse)))
        {
            return false;
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        _exchange.FinishHeaders(httpContext.Response.Headers);
        if (IsLiveStream(httpContext.Response))
        {
            await httpContext.Response.Body.FlushAsync(cancellationToken);
        }

        return true;
    }

    public override async ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse,
        CancellationToken cancellationToken)
    {
        await base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
        if (_exchange.IsGrpc)
        {
            _exchange.GrpcStatus = GrpcStatusIn(proxyResponse.TrailingHeaders) ?? _exchange.GrpcStatus;
        }
    }

    /// <summary>
    /// Whether the caller may wait for the headers before anything else happens. YARP sends them with the first bytes of the body, which
    /// may then never come: a gRPC answer that does not end with its headers, and server-sent events, begin at once.
    /// </summary>
    private bool IsLiveStream(HttpResponse response) => _exchange.IsGrpc
        ? !response.Headers.ContainsKey("grpc-status")
        : response.ContentType is { } type && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private UpstreamAnswer Read(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated;
        return new UpstreamAnswer(
            (int)response.StatusCode, _exchange.IsGrpc ? GrpcStatusIn(response.Headers) : null,
            headers.Contains("x-envoy-overloaded"), headers.Contains("x-envoy-ratelimited"));
    }

    private static int? GrpcStatusIn(HttpHeaders headers) =>
        headers.NonValidated.TryGetValues("grpc-status", out var status) ? GrpcStatus.Parse(status.ToString()) : null;
}
