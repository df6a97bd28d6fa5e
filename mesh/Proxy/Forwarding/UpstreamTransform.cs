using Bookinfo.Mesh.Proxy.Pipeline;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>What the mesh has to say while YARP forwards one request: the address to go to, and whether an answer is good enough to hand back.</summary>
internal sealed class UpstreamTransform(Exchange exchange) : HttpTransformer
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Asked when an answer begins; true gives it up for another try.</summary>
    public Func<Exchange, HttpResponseMessage, bool>? GivesUp { get; set; }

    public void Reset() => GivesUp = null;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = new Uri(string.Concat(destinationPrefix, exchange.Path, exchange.Query), AsItIs);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null || GivesUp?.Invoke(exchange, proxyResponse) == true)
        {
            return false;
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        exchange.Route?.ResponseHeaders?.Apply(httpContext.Response.Headers);
        exchange.ReadGrpcStatus(httpContext.Response.Headers);
        return true;
    }

    public override async ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        await base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
        if (exchange.IsGrpc && proxyResponse.TrailingHeaders.NonValidated.TryGetValues("grpc-status", out var status))
        {
            exchange.ReadGrpcStatus(status.ToString());
        }
    }
}
