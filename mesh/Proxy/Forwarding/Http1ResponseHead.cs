using System.Globalization;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Reading;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>The head of a pod's answer, as the retry policy and as the caller see it.</summary>
internal static class Http1ResponseHead
{
    /// <summary>What decides on a retry.</summary>
    public static UpstreamAnswer Read(ResponseReader response, Exchange exchange) => new(
        response.Status, exchange.IsGrpc ? GrpcStatusIn(response.Headers) : null,
        response.Headers.Find("x-envoy-overloaded"u8) >= 0, response.Headers.Find("x-envoy-ratelimited"u8) >= 0);

    /// <summary>The gRPC status of a head or of trailers; null where they have none.</summary>
    public static int? GrpcStatusIn(HeaderBlock block) =>
        block.Find("grpc-status"u8) is >= 0 and var line ? GrpcStatus.Parse(block.ValueText(line)) : null;

    /// <summary>Makes it the head of the caller's answer, with the changes that answers undergo on their way back.</summary>
    public static void Copy(ResponseReader response, Exchange exchange)
    {
        var context = exchange.Context;
        var (source, target) = (response.Headers, context.Response.Headers);
        context.Response.StatusCode = StatusFor(response.Status, context.Request.Protocol);
        for (var line = 0; line < source.Count; line++)
        {
            if (!source.IsHopByHop(line))
            {
                Add(target, source.NameText(line), source.ValueText(line));
            }
        }

        if (response.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent)
        {
            // They have no content, and a length of 0 is passed over (codec_impl.cc: onHeadersCompleteBase).
            target.ContentLength = null;
        }
        else if (response.BodyKind == ResponseBodyKind.Tunnel)
        {
            CopyUpgrade(response, context, target);
        }

        exchange.FinishHeaders(target);
    }

    /// <summary>An HTTP/2 caller has a 200 for the tunnel that it asked for (RFC 8441, 5).</summary>
    private static int StatusFor(int status, string protocol) =>
        status == StatusCodes.Status101SwitchingProtocols && HttpProtocol.IsHttp2(protocol) ? StatusCodes.Status200OK : status;

    private static void CopyUpgrade(ResponseReader response, HttpContext context, IHeaderDictionary target)
    {
        target.ContentLength = null;
        if (HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            target.Remove("sec-websocket-accept");
        }
        else if (response.Headers.Find("upgrade"u8) is >= 0 and var line)
        {
            target.Upgrade = response.Headers.ValueText(line);
        }
    }

    private static void Add(IHeaderDictionary headers, string name, string value)
    {
        if (name == "content-length")
        {
            headers.ContentLength = long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
            return;
        }

        headers[name] = headers.TryGetValue(name, out var there) ? StringValues.Concat(there, value) : value;
    }
}
