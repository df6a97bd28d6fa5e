using Bookinfo.Mesh.Http1;
using Bookinfo.Tests.Http1.Support;

namespace Bookinfo.Tests.Http1.Reading;

/// <summary>Answers, and how RFC 9112 and Envoy read them.</summary>
public sealed class ResponseReaderTests
{
    [Fact]
    public async Task ReadHead_ManyLines_OrderDuplicatesAndBytesAsTheyCame()
    {
        var heard = await Heard.ReadAsync(
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Name:\tj\u00e4son \t\r\nset-cookie:b=2\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal("set-cookie: a=1, x-name: j\u00e4son, set-cookie: b=2, x-empty: , content-length: 0", heard.Headers);
        Assert.Equal((200, "", true, null), (heard.Status, heard.Body, heard.CanBeReused, heard.Error));
    }

    /// <summary>RFC 9112, 6.3: which bytes are the body, and whether the connection lives on (9.3).</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", true)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", true)]
    [InlineData("HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\nabc", 200, "abc", true)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", 200, "abc", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nabc", 200, "abc", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc", 200, "abc", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: x, Close\r\n\r\nabc", 200, "abc", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nProxy-Connection: close\r\n\r\nabc", 200, "abc", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd", 200, "abc", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nabc", 200, "abc", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 3\r\nConnection: Keep-Alive\r\n\r\nabc", 200, "abc", true)]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nabc", 200, "abc", false)]
    [InlineData("HTTP/1.2 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true)]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", 204, "", true)]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205, "", true)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", 304, "", true)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", 304, "", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200, "abc", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n001;a=b;c=\"d e\"\r\na\r\n2 ; x\r\nbc\r\n00\r\n\r\n", 200, "abc",
        true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n", 200,
        "01234567890123456789a", true)]
    [InlineData("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", 999, "", true)]
    public async Task ReadBody_Framing_AsTheRfcHasIt(string answer, int status, string body, bool canBeReused)
    {
        var heard = await Heard.ReadAsync(answer);

        Assert.Equal((status, body, canBeReused, (Http1Error?)null), (heard.Status, heard.Body, heard.CanBeReused, heard.Error));
    }

    [Theory]
    [InlineData("Content-Length: 3\r\n", "content-length: 3")]
    [InlineData("Transfer-Encoding: chunked\r\n", "transfer-encoding: chunked")]
    [InlineData("", "")]
    public async Task ReadBody_ToHead_NoneAndTheFieldsKept(string fields, string expected)
    {
        var heard = await Heard.ReadAsync($"HTTP/1.1 200 OK\r\n{fields}\r\n", toHead: true);

        Assert.Equal((expected, "", true, null), (heard.Headers, heard.Body, heard.CanBeReused, heard.Error));
    }

    [Fact]
    public async Task ReadBody_Trailers_KeptInTheirOrder()
    {
        var heard = await Heard.ReadAsync(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-B: 1\r\nX-A: 2\r\nX-B: 3\r\n\r\n");

        Assert.Equal(("a", "x-b: 1, x-a: 2, x-b: 3", true), (heard.Body, heard.Trailers, heard.CanBeReused));
    }

    [Fact]
    public async Task ReadHead_InterimAnswers_EachWithItsFieldsThenTheFinalOne()
    {
        var heard = await Heard.ReadAsync(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");

        Assert.Equal(("100|;103|link: </a>;", 200, "content-length: 1", "x"), (heard.Interim, heard.Status, heard.Headers, heard.Body));
    }

    [Fact]
    public async Task ReadBody_SwitchingProtocols_EverythingAfterItIsTheTunnels()
    {
        var heard = await Heard.ReadAsync(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\u0081\u0002hi", toUpgrade: true);

        Assert.Equal((101, "\u0081\u0002hi", false, null), (heard.Status, heard.Body, heard.CanBeReused, heard.Error));
    }

    /// <summary>RFC 9110, 7.6.1: what is of one connection is not passed on, nor what Connection names.</summary>
    [Fact]
    public async Task IsHopByHop_EachField_OnlyThoseOfTheConnection()
    {
        var transport = new ScriptedTransport([System.Text.Encoding.Latin1.GetBytes(
            "HTTP/1.1 200 OK\r\nConnection: X-Mine, keep-alive\r\nKeep-Alive: timeout=5\r\nProxy-Connection: x\r\nUpgrade: h2\r\nx-mine: 1\r\nX-Theirs: 2\r\n"
            + "Trailer: x-t\r\nContent-Length: 0\r\n\r\n")]);
        using var connection = new Mesh.Http1.Connections.Http1Connection(transport, Http1Limits.Default);
        connection.Begin();
        await connection.Response.ReadHeadAsync();
        var headers = connection.Response.Headers;

        Assert.Equal(
            ["x-theirs", "trailer", "content-length"],
            Enumerable.Range(0, headers.Count).Where(line => !headers.IsHopByHop(line)).Select(headers.NameText));
    }
}
