using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// Refuses what Envoy's codecs and connection manager refuse and Kestrel lets through
/// (<c>source/common/http/http1/codec_impl.cc</c>, <c>http2/codec_impl.cc</c>, <c>header_utility.cc</c>, <c>conn_manager_impl.cc:
/// decodeHeaders</c>).
/// </summary>
internal static class HeaderValidator
{
    private static readonly RequestFault LowVersion = new(426, "Upgrade Required", "low_version");
    private static readonly RequestFault Codec = new(400, "Bad Request", "http1.codec_error");
    private static readonly RequestFault TwoLengths = new(400, "Bad Request", "http1.content_length_and_chunked_not_allowed");
    private static readonly RequestFault TransferEncoding = new(400, "Bad Request", "http1.invalid_transfer_encoding");
    private static readonly RequestFault NamedHeaders = new(400, "Bad Request", "http1.connection_header_rejected");
    private static readonly RequestFault Field = new(400, "Bad Request", "http1.invalid_characters");
    private static readonly RequestFault Http2Field = new(400, "Bad Request", "http2.invalid.header.field");
    private static readonly RequestFault Http2Messaging = new(400, "Bad Request", "http2.violation.of.messaging.rule");
    private static readonly RequestFault InvalidAuthority = new(400, "Bad Request", "invalid_authority");
    private static readonly RequestFault MissingHost = new(400, "Bad Request", "missing_host_header");
    private static readonly RequestFault UpgradeFailed = new(403, "", "upgrade_failed") { IsProtocolError = false };

    /// <summary>Why the request is refused; null where it is not.</summary>
    /// <param name="context">The request, before the mesh has changed any of it.</param>
    /// <param name="target">What its target says.</param>
    public static RequestFault? Validate(HttpContext context, in RequestTarget target)
    {
        var request = context.Request;
        var isHttp2 = HttpProtocol.IsHttp2(request.Protocol);
        return (isHttp2 ? ValidateHttp2(request) : ValidateHttp1(request))
            ?? (HttpSyntax.AreFields(request.Headers) ? null : isHttp2 ? Http2Field : Field)
            ?? (target.Form == RequestTargetForm.Invalid ? (isHttp2 ? Http2Messaging : Codec) : null)
            ?? ValidateHost(request.Headers)
            ?? ValidateUpgrade(context, isHttp2);
    }

    private static RequestFault? ValidateHttp1(HttpRequest request)
    {
        var headers = request.Headers;
        if (!HttpProtocol.IsHttp11(request.Protocol))
        {
            // PILOT_HTTP10 is off by default.
            return LowVersion;
        }

        if (!HttpSyntax.IsHttp1Method(request.Method))
        {
            return Codec;
        }

        // Two readings of where the request ends, which is how requests are smuggled (RFC 9112, 6.1). Kestrel renames the length aside.
        if (headers.TransferEncoding.Count > 0 && (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length")))
        {
            return TwoLengths;
        }

        if (headers.TransferEncoding.Count > 0 && !headers.TransferEncoding.ToString()
            .Equals("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return TransferEncoding;
        }

        return HopByHopHeaders.NamesForbidden(headers) ? NamedHeaders : null;
    }

    /// <summary>HTTP/2 has no headers of a connection, and no scheme but HTTP's here (RFC 9113, 8.2.2 and 8.3.1).</summary>
    private static RequestFault? ValidateHttp2(HttpRequest request)
    {
        var headers = request.Headers;
        if (request.HttpContext.Features.Get<IHttpRequestTrailersFeature>() is { Available: true } there
            && !HttpSyntax.AreFields(there.Trailers))
        {
            // They have come already where there is no body; else they are looked at behind it.
            return Http2Field;
        }

        var hasBody = request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };
        return (headers.ContentLength > 0 && !hasBody) || !HttpSyntax.IsHttp2Method(request.Method)
            || headers.Connection.Count > 0 || headers.TransferEncoding.Count > 0 || headers.Upgrade.Count > 0
            || headers.KeepAlive.Count > 0 || headers.ContainsKey("proxy-connection")
            || (headers.TE.Count > 0 && headers.TE != "trailers")
            || !(request.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase)
                || request.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase)
                || HttpMethods.IsConnect(request.Method))
            ? Http2Messaging : null;
    }

    private static RequestFault? ValidateHost(IHeaderDictionary headers) =>
        headers.Host.Count == 0 || headers.Host.ToString().Length == 0 ? MissingHost
        : headers.Host.Count > 1 || !HttpSyntax.IsAuthority(headers.Host.ToString()) ? InvalidAuthority : null;

    private static RequestFault? ValidateUpgrade(HttpContext context, bool isHttp2)
    {
        var upgrade = isHttp2
            ? context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect ? connect.Protocol : null
            : HopByHopHeaders.UpgradeOf(context.Request.Headers);
        return upgrade is null || HopByHopHeaders.IsSupported(upgrade) ? null : UpgradeFailed;
    }
}

/// <summary>Why a request is refused, in Envoy's words.</summary>
/// <param name="Status">The status that the caller gets.</param>
/// <param name="Body">The body that it gets.</param>
/// <param name="Details">Envoy's response code details.</param>
internal sealed record RequestFault(int Status, string Body, string Details)
{
    /// <summary>
    /// Whether what came is not HTTP as the protocol has it, so that nothing that follows on an HTTP/1.1 connection can be trusted.
    /// </summary>
    public bool IsProtocolError { get; init; } = true;
}
