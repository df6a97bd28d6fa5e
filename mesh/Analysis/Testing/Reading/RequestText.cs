using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Reading;

/// <summary>Requests in one line: <c>GET http://reviews:9080/reviews/0</c>.</summary>
internal static class RequestText
{
    /// <summary>The host of a request that names none.</summary>
    private const string AnyHost = "localhost";

    /// <summary>Reads a request.</summary>
    /// <param name="text">A method and a URL, or only a URL for GET; a URL that begins with a slash is for <c>localhost</c>.</param>
    /// <returns>The request; null where the text is none.</returns>
    public static SampleRequest? Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ([_] or [_, _]))
        {
            return null;
        }

        var method = parts.Length == 2 ? parts[0] : "GET";
        var url = parts[^1];
        var end = url.IndexOf("://", StringComparison.Ordinal);
        var scheme = end < 0 ? "http" : url[..end];
        var rest = end < 0 ? url : url[(end + 3)..];
        var slash = rest.AsSpan().IndexOfAny('/', '?');
        var authority = slash < 0 ? rest : rest[..slash];
        var target = slash < 0 ? "/" : rest[slash] == '/' ? rest[slash..] : $"/{rest[slash..]}";
        return scheme is not ("http" or "https") || (authority.Length == 0 && end >= 0) || !IsMethod(method) || !IsUrl(rest)
            ? null
            : AtTarget(target) with { Method = method, Scheme = scheme, Authority = authority.Length == 0 ? AnyHost : authority };
    }

    /// <summary>A request for a path with or without a query.</summary>
    public static SampleRequest AtTarget(string target)
    {
        var fragment = target.IndexOf('#', StringComparison.Ordinal);
        var whole = fragment < 0 ? target : target[..fragment];
        var question = whole.IndexOf('?', StringComparison.Ordinal);
        return new SampleRequest
        {
            Authority = AnyHost,
            Path = question < 0 ? whole : whole[..question],
            Query = question < 0 ? "" : whole[(question + 1)..],
        };
    }

    private static bool IsMethod(string method) =>
        method.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsUrl(string text) => text.All(c => c is > ' ' and < '\x7F');
}
