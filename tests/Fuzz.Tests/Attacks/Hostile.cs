using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Texts that have broken proxies before. Each property draws another.</summary>
public sealed class Hostile(Random random)
{
    private static readonly string[] Characters =
    [
        "\r\n", "\n", "\r", " ", "\t", "\0", "\v", "\f", "\x1b", "\x7f", "\x80", "\x85", "\xa0", "\xff", ByteText.Utf8("é"),
        ByteText.Utf8("\u2028"), ByteText.Utf8("𝕏"),
        "%0d%0a", "%0D%0A", "%0a", "%0d", "%20", "%09", "%00", "%c3%a9", "%E9", "%ff", "%2f", "%5c", "%2e%2e", "%25", "%250d%250a", "%",
        "%z", "%u000d%u000a",
        "\\", "//", "/../", "/..%2f", "/%2e%2e/", "/./", "?", "#", "&", ";", "\"", "<", ">", "^", "`", "{", "|", "}", "@", ":", "[", "]",
    ];

    private static readonly string[] SpoiltTokens = ["", "a b", "a:b", "a\0b", "a\tb", "(a)", "a/b", "a\"b", ByteText.Utf8("é"), "a\x7f",
        "a_b", "A-B", "*", ":path", ":authority", "a\r", "a\n"];

    private static readonly string[] Authorities =
    [
        "", "shop:80", "SHOP", "shop.", "shop:", "shop:99999", "shop:9080:9080", "shop/", "shop?", "shop#", "shop\\", "a@shop", "shop@a",
        "shop shadow", "shop,shadow", "[::1]",
        "[", "127.0.0.1", "localhost:1", "shadow:9080", ByteText.Utf8("shöp"), "sh%6fp", "shop%0d%0ax: y", "shop\tx", "other.example",
        "shop.default.svc.cluster.local:9080",
    ];

    private static readonly string[] Methods =
    [
        "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "CONNECT", "get", "Get", "GETT", "GE", "PRI", "PROPFIND", "M-SEARCH", "X", "",
        "G\0T", "G\tET", "GET\r", "\"GET\"",
        "GET/", ByteText.Utf8("GÉT"), new('A', 300),
    ];

    /// <summary>A character or sequence, raw or percent-encoded, once or so often that a buffer has to hold it.</summary>
    public string Snippet => random.Next(12) switch
    {
        0 => string.Concat(Enumerable.Repeat(random.From(Characters), random.Next(2, 12))),
        1 => string.Concat(Enumerable.Repeat(random.From([ByteText.Utf8("é"), "%c3%a9", "\xe9"]), random.Next(100, 600))),
        2 => Smuggled,
        3 => Encode(Smuggled),
        _ => random.From(Characters),
    };

    /// <summary>The end of a request and the whole of another.</summary>
    public string Smuggled => random.From([
        $" HTTP/1.1\r\nHost: shop\r\n\r\nGET /a/{Marker.Next(random)} HTTP/1.1\r\nHost: shop\r\n\r\n",
        $" HTTP/1.1\r\nHost: shop\r\n\r\nGET /a/{Marker.Next(random)} HTTP/1.1\r\nHost: shop\r\nX: ",
        "\r\nx-smuggled: 1",
        "\r\n\r\n",
        $"\n\nGET /a/{Marker.Next(random)} HTTP/1.1\nHost: shop\n\n",
    ]);

    public string Method => random.From(Methods);

    public string Authority => random.OneIn(4) ? random.InsertInto("shop", Snippet) : random.From(Authorities);

    public string FieldName => random.OneIn(3) ? random.InsertInto("x-name", Snippet) : random.From(SpoiltTokens);

    public string FieldValue => random.InsertInto($"value-{Marker.Next(random)}", Snippet);

    /// <summary>A field that ends at the proxy, or names another that then does.</summary>
    public IEnumerable<Field> HopFields()
    {
        var marker = Marker.Next(random);
        switch (random.Next(5))
        {
            case 0:
                return [new Field("connection",
                    random.From(["x-named", "close, x-named", "X-Named,keep-alive", "x-named;q=1", "keep-alive, te"])),
                        new Field("x-named", marker), new Field("te", "trailers")];
            case 1:
                return [new Field("te", random.From(["trailers", "gzip", "trailers, gzip", "chunked"]))];
            case 2:
                return [new Field("connection",
                    random.From(["x-forwarded-for", "x-request-id", "host", "content-length", "cookie", "connection"])),
                        new Field("cookie", $"a={marker}")];
            default:
                var name = random.From(Reference.HopFields.Names);
                return [new Field(name, name.EndsWith("-ms", StringComparison.Ordinal) ? "12345" : name == "connection" ? "close"
                    : marker)];
        }
    }

    /// <summary>Asks to leave HTTP/1.1.</summary>
    public IEnumerable<Field> Upgrade() => random.Next(4) switch
    {
        0 => [new("connection", "Upgrade, HTTP2-Settings"), new("upgrade", "h2c"), new("http2-settings", "AAMAAABkAAQCAAAAAAIAAAAA")],
        1 => [new("connection", "upgrade"), new("upgrade", random.From(["h2c", "TLS/1.0", "foo", "websocket, h2c"]))],
        2 => [new("upgrade", "websocket")],
        _ => [new("connection", "Upgrade"), new("upgrade", "websocket"), new("sec-websocket-version", "13"),
            new("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")],
    };

    /// <summary>Every byte percent-encoded that a target cannot have.</summary>
    private static string Encode(string text) => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? c.ToString() : $"%{(int)c:x2}"));
}
