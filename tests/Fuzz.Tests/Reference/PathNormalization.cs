namespace Bookinfo.Tests.Fuzz.Reference;

/// <summary>
/// What becomes of a target before any rule sees it. A fragment is cut off (<c>pkg/bootstrap/config.go</c> of istio/istio:
/// <c>http_reject_path_with_fragment: false</c>). Istio's default <c>pathNormalization: BASE</c> turns backslashes and resolves dot
/// segments (RFC 3986, 6.2.2.3), and decodes nothing.
/// </summary>
public static class PathNormalization
{
    public static string Apply(string sent)
    {
        var target = sent.Split('#')[0];
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[question..]);
        if (!path.StartsWith('/'))
        {
            return target;
        }

        var kept = new Stack<string>();
        var segments = path[1..].Replace('\\', '/').Split('/');
        var endsWithSlash = false;
        foreach (var segment in segments)
        {
            var dots = segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            endsWithSlash = dots is "." or "..";
            if (dots == "..")
            {
                kept.TryPop(out _);
            }
            else if (dots != ".")
            {
                kept.Push(segment);
            }
        }

        var tail = endsWithSlash && kept.Count > 0 ? "/" : "";
        return $"/{string.Join('/', kept.Reverse())}{tail}{query}";
    }
}
