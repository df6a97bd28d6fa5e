namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// Path and query as the rules and the destination see them: as they came on the wire, not decoded, dot segments removed and backslashes
/// turned, as Istio's default <c>pathNormalization: BASE</c> has it. A fragment goes, as Istio tells Envoy
/// (<c>pkg/bootstrap/config.go: http_reject_path_with_fragment</c>).
/// </summary>
/// <param name="Form">How the target was written.</param>
/// <param name="Path">The path; empty where the form has none.</param>
/// <param name="Query">The query with its question mark; empty where there is none.</param>
internal readonly record struct RequestTarget(RequestTargetForm Form, string Path, string Query)
{
    private const string SchemeEnd = "://";
    private static readonly RequestTarget Invalid = new(RequestTargetForm.Invalid, "", "");

    /// <summary>The absolute form's scheme, <c>http</c> or <c>https</c>; null for the other forms.</summary>
    public string? Scheme { get; init; }

    /// <summary>
    /// The absolute form's authority, which stands in the place of the Host header (RFC 9112, 3.2.2); null for the other forms.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>Reads the target of an HTTP/1.1 request line (RFC 9112, 3.2). Nothing is taken from a decoded copy of it.</summary>
    /// <param name="method">The method: only CONNECT has a target in authority form, and only OPTIONS the asterisk.</param>
    /// <param name="target">The target as it came.</param>
    public static RequestTarget Read(string method, string target)
    {
        if (target.Length == 0 || !HttpSyntax.IsTarget(target))
        {
            return Invalid;
        }

        if (target[0] == '/')
        {
            return Split(RequestTargetForm.Origin, target);
        }

        if (method == "CONNECT")
        {
            return new RequestTarget(RequestTargetForm.Authority, "", "");
        }

        return target != "*" ? ReadAbsolute(target) : method == "OPTIONS" ? new RequestTarget(RequestTargetForm.Asterisk, "", "") : Invalid;
    }

    /// <summary>Reads <c>:path</c>, which is a path or OPTIONS' asterisk (RFC 9113, 8.3.1).</summary>
    /// <param name="method">The method: CONNECT has no path.</param>
    /// <param name="path">The path as it came.</param>
    public static RequestTarget ReadHttp2(string method, string path) =>
        method == "CONNECT" || path is ['/', ..] or "*" ? Read(method, path) : Invalid;

    internal static string Normalize(string path)
    {
        if (!NeedsWork(path))
        {
            return path;
        }

        var segments = new List<string>();
        var parts = path.Replace('\\', '/').Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            var part = parts[i].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            switch (part)
            {
                case ".":
                    break;
                case "..":
                    if (segments.Count > 0)
                    {
                        segments.RemoveAt(segments.Count - 1);
                    }

                    break;
                default:
                    segments.Add(parts[i]);
                    continue;
            }

            if (last)
            {
                segments.Add("");
            }
        }

        return "/" + string.Join('/', segments);
    }

    /// <summary>
    /// The authority goes on to the path or the query, whatever stands in it: what no authority can have is refused with it
    /// (<c>source/common/http/http1/codec_impl.cc: handlePath</c> of envoyproxy/envoy takes no scheme but HTTP's).
    /// </summary>
    private static RequestTarget ReadAbsolute(string target)
    {
        var scheme = target.IndexOf(SchemeEnd, StringComparison.Ordinal) switch
        {
            4 when target.StartsWith("http", StringComparison.OrdinalIgnoreCase) => "http",
            5 when target.StartsWith("https", StringComparison.OrdinalIgnoreCase) => "https",
            _ => null,
        };
        if (scheme is null)
        {
            return Invalid;
        }

        var rest = target[(scheme.Length + SchemeEnd.Length)..];
        var end = rest.AsSpan().IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        if (authority.Length == 0 || !HttpSyntax.IsAuthority(authority))
        {
            return Invalid;
        }

        var path = end < 0 ? "/" : rest[end] == '/' ? rest[end..] : $"/{rest[end..]}";
        return Split(RequestTargetForm.Absolute, path) with { Scheme = scheme, Authority = authority };
    }

    private static RequestTarget Split(RequestTargetForm form, string target)
    {
        var fragment = target.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
        {
            target = target[..fragment];
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[question..]);

        // A NUL cannot be normalized (source/common/http/path_utility.cc: canonicalizePath).
        return path.Contains("%00", StringComparison.Ordinal) ? Invalid : new RequestTarget(form, Normalize(path), query);
    }

    private static bool NeedsWork(string path) =>
        path.Contains("/.", StringComparison.Ordinal) || path.Contains('\\') || path.Contains("/%2e", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The forms of a request target.</summary>
internal enum RequestTargetForm
{
    /// <summary>None of the others, or with a byte outside 0x21 to 0x7E.</summary>
    Invalid,

    /// <summary><c>/path?query</c>.</summary>
    Origin,

    /// <summary><c>http://host/path?query</c>.</summary>
    Absolute,

    /// <summary><c>*</c>.</summary>
    Asterisk,

    /// <summary><c>host:port</c>, of CONNECT.</summary>
    Authority,
}
