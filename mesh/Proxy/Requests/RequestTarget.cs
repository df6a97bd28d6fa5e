namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// Path and query as the rules and the destination see them: as they came on the wire, not decoded, dot segments removed and backslashes turned, as
/// Istio's default <c>pathNormalization: BASE</c> has it. A fragment goes, as Istio tells Envoy
/// (<c>pkg/bootstrap/config.go: http_reject_path_with_fragment</c>).
/// </summary>
/// <param name="Form">How the target was written.</param>
/// <param name="Path">The path; empty where the form has none.</param>
/// <param name="Query">The query with its question mark; empty where there is none.</param>
internal readonly record struct RequestTarget(RequestTargetForm Form, string Path, string Query)
{
    private const string SchemeEnd = "://";

    /// <summary>Reads the target of a request line, or <c>:path</c> (RFC 9112, 3.2; RFC 9113, 8.3.1). Nothing is taken from a decoded copy of it.</summary>
    /// <param name="method">The method: only CONNECT has a target in authority form.</param>
    /// <param name="target">The target as it came.</param>
    public static RequestTarget Read(string method, string target)
    {
        if (target.Length == 0 || !HttpSyntax.IsTarget(target))
        {
            return new RequestTarget(RequestTargetForm.Invalid, "", "");
        }

        if (target[0] == '/')
        {
            return Split(RequestTargetForm.Origin, target);
        }

        if (target == "*")
        {
            return new RequestTarget(RequestTargetForm.Asterisk, "", "");
        }

        if (method == "CONNECT")
        {
            return new RequestTarget(RequestTargetForm.Authority, "", "");
        }

        var scheme = target.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return new RequestTarget(RequestTargetForm.Invalid, "", "");
        }

        // The authority ends where a URI parser, Kestrel's among them, ends it; Kestrel has compared it with the Host header.
        var end = target.AsSpan(scheme + SchemeEnd.Length).IndexOfAny(@"/\?#");
        var rest = end < 0 ? "" : target[(scheme + SchemeEnd.Length + end)..];
        return Split(RequestTargetForm.Absolute, rest.Length > 0 && rest[0] is '/' or '\\' ? rest : "/" + rest);
    }

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

    private static RequestTarget Split(RequestTargetForm form, string target)
    {
        var fragment = target.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
        {
            target = target[..fragment];
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? new RequestTarget(form, Normalize(target), "") : new RequestTarget(form, Normalize(target[..question]), target[question..]);
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
