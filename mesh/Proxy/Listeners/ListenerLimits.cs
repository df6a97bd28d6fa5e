using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// Kestrel's limits set to Envoy's: a proxy must not be stricter than the services behind it, nor looser than Envoy before them.
/// </summary>
internal static class ListenerLimits
{
    /// <summary>Envoy's <c>max_request_headers_kb</c>, 60 KiB for request line and headers.</summary>
    public const int HeaderBytes = 60 * 1024;

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;

        // A character for each byte, in both directions, so that what came goes on: Envoy passes bytes above 0x7F (header_utility.cc:
        // headerValueIsValid).
        options.RequestHeaderEncodingSelector = static name =>
            name.Equals("content-length", StringComparison.OrdinalIgnoreCase) ? LengthEncoding.Instance
            : name.Equals("connection", StringComparison.OrdinalIgnoreCase) ? ConnectionEncoding.Instance
            : Encoding.Latin1;
        options.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;

        // An absolute target's authority counts, whatever Host says (RFC 9112, 3.2.2), and :scheme is what the caller says it is.
        options.AllowHostHeaderOverride = true;
        options.AllowAlternateSchemes = true;
        var limits = options.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestLineSize = HeaderBytes;
        limits.MaxRequestHeaderCount = 100;
        limits.Http2.MaxStreamsPerConnection = 1024;
        limits.Http2.MaxRequestHeaderFieldSize = HeaderBytes;
        limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 1024 * 1024;
    }
}
