using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of redirect, direct response and rewrite. An empty text is not a text, as in Istio's API.</summary>
internal static class HttpActionFields
{
    public static HttpRedirect Redirect(ObjectReader redirect) => new()
    {
        Uri = NotEmpty(redirect.Text("uri")),
        PrefixRewrite = NotEmpty(redirect.Text("prefixRewrite")),
        Authority = NotEmpty(redirect.Text("authority")),
        Port = redirect.UInt32("port"),
        DerivePort = redirect.Name("derivePort", EnumNames.RedirectPortSelection),
        Scheme = NotEmpty(redirect.Text("scheme")),
        RedirectCode = redirect.UInt32("redirectCode") is > 0 and var code ? code : null,
    };

    public static HttpDirectResponse DirectResponse(ObjectReader response) => new()
    {
        Status = response.UInt32("status") ?? 0,
        Body = response.Object("body", "HTTPBody", Body),
    };

    public static HttpRewrite Rewrite(ObjectReader rewrite) => new()
    {
        Uri = NotEmpty(rewrite.Text("uri")),
        Authority = NotEmpty(rewrite.Text("authority")),
        UriRegexRewrite = rewrite.Object("uriRegexRewrite", "RegexRewrite", RegexRewrite),
    };

    private static HttpBody Body(ObjectReader body) => new() { String = body.Text("string"), Bytes = Bytes(body) };

    private static byte[]? Bytes(ObjectReader body)
    {
        if (body.Text("bytes") is not { } text)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length))
        {
            return bytes[..length];
        }

        body.Error("bytes", "bytes are not base64", "write a text under string instead");
        return null;
    }

    private static RegexRewrite RegexRewrite(ObjectReader rewrite) => new()
    {
        Match = rewrite.Text("match") ?? "",
        Rewrite = rewrite.Text("rewrite") ?? "",
    };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
