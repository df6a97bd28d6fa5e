using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>A URL that requests are led to (<c>internal/ingress/annotations/redirect/redirect.go</c>).</summary>
/// <param name="Url">The URL.</param>
/// <param name="KeepsPath">Whether the path of the request stands behind it, by nginx' variable <c>$request_uri</c>.</param>
/// <param name="Status">The status of the answer.</param>
internal sealed record NginxRedirect(Uri Url, bool KeepsPath, int Status)
{
    private const string RequestUri = "$request_uri";

    /// <summary>Whether ingress-nginx takes it as a URL; it leaves anything else aside.</summary>
    public static bool IsUrl(string text) => text.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        && Uri.TryCreate(Plain(text), UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    /// <summary>Reads one.</summary>
    /// <param name="text">The annotation's value.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="place">Where it stands.</param>
    /// <returns>The redirect; null where ingress-nginx leaves it aside.</returns>
    /// <exception cref="RefusalException">It has another variable of nginx than <c>$request_uri</c> at its end.</exception>
    public static NginxRedirect? Parse(string text, int status, string place)
    {
        if (!IsUrl(text))
        {
            return null;
        }

        var plain = Plain(text);
        var url = new Uri(plain);
        return plain.Contains('$', StringComparison.Ordinal) || (plain.Length < text.Length && url.AbsolutePath != "/")
            ? throw new RefusalException(place, $"the Gateway API has no variables of nginx: {text}", "write the URL out")
            : new NginxRedirect(url, plain.Length < text.Length, status);
    }

    public HttpRedirect ToRule() => new()
    {
        Scheme = Url.Scheme,
        Authority = Url.Host,
        Port = Url.IsDefaultPort ? null : Url.Port,
        Uri = KeepsPath ? null : Url.PathAndQuery,
        RedirectCode = Status,
    };

    private static string Plain(string text) =>
        text.EndsWith(RequestUri, StringComparison.Ordinal) ? text[..^RequestUri.Length] : text;
}
