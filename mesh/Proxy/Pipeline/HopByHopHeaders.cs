using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// The headers of one connection, which end at the proxy (RFC 9110, 7.6.1), treated as Envoy treats them
/// (<c>source/common/http/utility.cc: sanitizeConnectionHeader</c>, <c>conn_manager_utility.cc: mutateRequestHeaders,
/// sanitizeTEHeader</c>).
/// </summary>
internal static class HopByHopHeaders
{
    /// <summary>A Connection header that names as many others is refused.</summary>
    private const int MostNames = 10;

    private const string WebSocket = "websocket";

    /// <summary>
    /// Whether a Connection header names what it must not: a header that tells where the request comes from, a pseudo-header, or too many.
    /// </summary>
    public static bool NamesForbidden(IHeaderDictionary headers)
    {
        if (headers.Connection.Count == 0)
        {
            return false;
        }

        var count = 0;
        foreach (var name in Names(headers.Connection))
        {
            // Not counted are those that the listener may have added (ConnectionEncoding).
            count += Is(name, "close") || Is(name, "keep-alive") ? 0 : 1;
            if (count >= MostNames || name.StartsWith(':') || Is(name, "x-forwarded-for") || Is(name, "x-forwarded-host")
                || Is(name, "x-forwarded-proto"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// What HTTP/1.1 is asked to be left for; null where the request asks for nothing of the kind. HTTP/2 over TCP (<c>h2c</c>) is ignored,
    /// as Envoy does.
    /// </summary>
    public static string? UpgradeOf(IHeaderDictionary headers)
    {
        if (headers.Upgrade.Count == 0 || !Names(headers.Connection).Contains("upgrade", StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var protocol = headers.Upgrade.ToString();
        return Is(protocol, "h2c") ? null : protocol;
    }

    /// <summary>
    /// Whether Istio's listeners have the upgrade (<c>pilot/pkg/networking/core/listener_builder.go</c>: <c>UpgradeConfigs</c>).
    /// </summary>
    public static bool IsSupported(string upgrade) => Is(upgrade, WebSocket);

    /// <summary>Removes the connection's own headers, those that Connection names, and of TE all but <c>trailers</c>.</summary>
    /// <remarks>A request for another protocol keeps Connection and Upgrade, which the pod has to see.</remarks>
    public static void Remove(IHeaderDictionary headers)
    {
        var isUpgrade = UpgradeOf(headers) is not null;
        if (headers.TE.Count > 0)
        {
            headers.TE = Names(headers.TE).Contains("trailers", StringComparer.OrdinalIgnoreCase) ? "trailers" : StringValues.Empty;
        }

        if (headers.Connection.Count > 0)
        {
            RemoveNamed(headers, isUpgrade);
        }

        if (!isUpgrade)
        {
            headers.Remove("upgrade");
        }

        headers.Remove("http2-settings");
        headers.Remove("keep-alive");
        headers.Remove("proxy-connection");
    }

    private static void RemoveNamed(IHeaderDictionary headers, bool isUpgrade)
    {
        foreach (var name in Names(headers.Connection))
        {
            // Transfer-Encoding ends at the proxy in any case, and says how the body is read.
            if (!(Is(name, "te") || Is(name, "transfer-encoding") || Is(name, "content-length") || Is(name, "host")
                || (isUpgrade && Is(name, "upgrade"))))
            {
                headers.Remove(name);
            }
        }

        if (isUpgrade)
        {
            headers.Connection = "Upgrade";
        }
        else
        {
            headers.Remove("connection");
        }
    }

    private static string[] Names(StringValues list) =>
        list.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
