using System.Globalization;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Reference;

/// <summary>What a proxy has to refuse although its framing is clear.</summary>
public static class RequestRules
{
    private const string AuthorityMarks = "!$%&'()*+,-.:;=@[]_~";

    /// <summary>The methods that Envoy's HTTP/1 parser takes (<c>source/common/http/http1/balsa_parser.cc: isMethodValid</c>).</summary>
    private static readonly HashSet<string> Methods =
    [
        "ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL",
        "MOVE", "MSEARCH",
        "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND", "PROPPATCH", "PURGE", "PUT", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE",
        "TRACE", "UNBIND",
        "UNLINK", "UNLOCK", "UNSUBSCRIBE",
    ];

    public static string? MethodFault(string method, bool isHttp2) =>
        method == "CONNECT" ? "a tunnel, for which Istio has no route"
        : isHttp2 ? !Syntax.IsToken(method) ? "a method that is not a token" : null
        : Methods.Contains(method) ? null : "a method that Envoy does not know";

    /// <summary>The path and query of a target in origin or asterisk form.</summary>
    /// <remarks>A path with a NUL cannot be normalized (<c>source/common/http/path_utility.cc: canonicalizePath</c>).</remarks>
    public static string? PathFault(string method, string path) =>
        !Syntax.IsVisible(path) ? "a target that is not visible ASCII"
        : path.Split('?', '#')[0].Contains("%00", StringComparison.Ordinal) ? "a path with a NUL"
        : path.StartsWith('/') || (path == "*" && method == "OPTIONS") ? null
        : "a target in no form that the method has";

    /// <summary>The characters of <c>nghttp2_check_authority</c>, by which Envoy judges.</summary>
    public static string? AuthorityFault(string authority) =>
        authority.All(c => char.IsAsciiLetterOrDigit(c) || AuthorityMarks.Contains(c)) ? null
            : "an authority with characters that it cannot have";

    /// <summary>A host name with or without a port, which no proxy has a reason to refuse.</summary>
    public static bool IsPlainAuthority(string authority)
    {
        var parts = authority.Split(':');
        return parts.Length <= 2 && parts[0].Length > 0 && parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            && (parts.Length == 1 || (ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && port > 0));
    }

    /// <summary>
    /// Upgrades that Istio's listeners do not have; <c>h2c</c> is ignored (<c>source/common/http/http1/codec_impl.cc:
    /// completeLastHeader</c>), and so is one that <c>Connection</c> does not name (<c>utility.cc: isUpgrade</c>).
    /// </summary>
    public static string? UpgradeFault(SentRequest request) =>
        request.Fields.Any(field => field.Is("connection") && HopFields.HasToken(field.Value, "upgrade"))
        && request.Fields.FirstOrDefault(field => field.Is("upgrade")).Value is { Length: > 0 } protocol
        && !protocol.Equals("h2c", StringComparison.OrdinalIgnoreCase) && !HopFields.IsWebSocket(request)
            ? "an upgrade that no listener has" : null;
}
