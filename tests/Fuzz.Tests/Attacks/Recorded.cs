namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Requests as browsers, command-line clients and libraries send them. <c>MARKER</c> stands where a marker goes.</summary>
public static class Recorded
{
    public static IReadOnlyList<string> Requests { get; } =
    [
        .. new[]
        {
            """
            GET /a/page/MARKER?u=normal HTTP/1.1
            Host: shop
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate
            Connection: keep-alive
            Cookie: session=MARKER; theme=dark
            Upgrade-Insecure-Requests: 1


            """,
            """
            POST /a/login/MARKER HTTP/1.1
            Host: shop
            User-Agent: curl/8.5.0
            Accept: */*
            Content-Length: 25
            Content-Type: application/x-www-form-urlencoded

            u=MARKERxxxxxxxxxxxxx&p=x
            """,
            """
            POST /a/upload/MARKER HTTP/1.1
            Host: shop
            Transfer-Encoding: chunked
            Expect: 100-continue
            Trailer: x-checksum

            10;name=first
            0123456789abcdef
            5
            hello
            0
            x-checksum: 1234


            """,
            """
            GET /a/chat/MARKER HTTP/1.1
            Host: shop
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


            """,
            """
            GET http://shop/a/page/MARKER HTTP/1.1
            Host: shop
            Proxy-Connection: keep-alive
            TE: trailers, deflate
            Connection: TE


            """,
            """
            OPTIONS * HTTP/1.1
            Host: shop
            Origin: http://friend.example
            Access-Control-Request-Method: POST
            X-Marker: MARKER


            """,
            """
            GET /a/page/MARKER HTTP/1.1
            Host: shop

            DELETE /a/page/MARKER/0 HTTP/1.1
            Host: shop
            Content-Length: 0


            """,
        }.Select(request => request.ReplaceLineEndings("\r\n")),
    ];
}
