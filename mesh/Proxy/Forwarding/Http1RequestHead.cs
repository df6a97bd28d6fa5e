using System.Security.Cryptography;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Writing;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// Request line and header lines as an HTTP/1.1 pod gets them (<c>source/common/http/http1/codec_impl.cc: RequestEncoderImpl</c> of
/// envoyproxy/envoy).
/// </summary>
/// <param name="Method">The method; GET for a WebSocket that came by HTTP/2's CONNECT.</param>
/// <param name="Upgrade">The protocol that is asked for; null for none.</param>
/// <param name="HasBody">Whether a body follows.</param>
/// <param name="IsHttp2">Whether the request came as HTTP/2.</param>
internal readonly record struct Http1RequestHead(string Method, string? Upgrade, bool HasBody, bool IsHttp2)
{
    /// <summary>Whether the pod may switch protocols: not where the caller's connection still has a body to give.</summary>
    public bool CanSwitch => Upgrade is not null && !HasBody;

    public static Http1RequestHead Of(Exchange exchange)
    {
        var context = exchange.Context;
        var isHttp2 = HttpProtocol.IsHttp2(context.Request.Protocol);
        if (isHttp2 && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: var protocol })
        {
            // RFC 8441, 5; source/common/http/utility.cc: transformUpgradeRequestFromH2toH1.
            return new Http1RequestHead("GET", protocol, HasBody: false, isHttp2);
        }

        var upgrade = context.Request.Headers.Upgrade;
        return new Http1RequestHead(context.Request.Method, upgrade.Count > 0 ? upgrade.ToString() : null,
            context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }, isHttp2);
    }

    public void Write(RequestWriter request, Exchange exchange)
    {
        var headers = exchange.Context.Request.Headers;
        request.WriteLine(Method, exchange.Path, exchange.Query);
        request.WriteHeader("host", headers.Host.ToString());
        using var lines = new HeaderLines(headers);
        foreach (var (name, values) in lines)
        {
            if (name.StartsWith(':') || name.Equals("host", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (IsHttp2 && values.Count > 1 && name.Equals("cookie", StringComparison.OrdinalIgnoreCase))
            {
                // HTTP/2 may split what HTTP/1.1 has in one line (RFC 9113, 8.2.3).
                request.WriteHeader(name, string.Join("; ", values.ToArray()));
                continue;
            }

            foreach (var value in values)
            {
                request.WriteHeader(name, value);
            }
        }

        WriteUpgrade(request, headers);
        request.EndHead(Framing(headers.ContentLength));
    }

    private void WriteUpgrade(RequestWriter request, IHeaderDictionary headers)
    {
        if (Upgrade is null)
        {
            return;
        }

        request.WriteUpgrade(Upgrade);
        if (IsHttp2 && headers.SecWebSocketKey.Count == 0)
        {
            // HTTP/2 has no key, and HTTP/1.1 does not go without (RFC 8441, 5).
            request.WriteHeader("sec-websocket-key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));
        }
    }

    private RequestFraming Framing(long? length) => CanSwitch ? RequestFraming.None
        : length is { } known ? RequestFraming.OfLength(known)
        : HasBody ? RequestFraming.Chunked
        : HasNoUseForBody(Method) ? RequestFraming.None
        : RequestFraming.OfLength(0);

    /// <summary>
    /// Other methods say that their body is empty (<c>source/common/http/header_utility.cc: requestShouldHaveNoBody</c>).
    /// </summary>
    private static bool HasNoUseForBody(string method) => method is "GET" or "HEAD" or "DELETE" or "TRACE" or "CONNECT";
}
