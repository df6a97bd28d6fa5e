using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// Path and query as the rules and the destination see them: not decoded, dot segments removed and backslashes turned, as Istio's default
/// <c>pathNormalization: BASE</c> has it.
/// </summary>
internal static class RequestTarget
{
    public static (string Path, string Query) Read(IHttpRequestFeature request)
    {
        var target = request.RawTarget;
        if (!target.StartsWith('/'))
        {
            // Absolute form, asterisk form: Kestrel has taken the path out of it.
            return (Normalize(request.Path.Length > 0 ? request.Path : "/"), request.QueryString);
        }

        var question = target.IndexOf('?');
        return question < 0 ? (Normalize(target), "") : (Normalize(target[..question]), target[question..]);
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

    private static bool NeedsWork(string path) =>
        path.Contains("/.", StringComparison.Ordinal) || path.Contains('\\') || path.Contains("/%2e", StringComparison.OrdinalIgnoreCase);
}
