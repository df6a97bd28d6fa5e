using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Writing;
using Bookinfo.Tests.Http1.Support;

namespace Bookinfo.Tests.Http1.Writing;

/// <summary>Requests as they stand on the wire.</summary>
public sealed class RequestWriterTests : IDisposable
{
    private readonly ScriptedTransport _transport;
    private readonly Http1Connection _connection;

    public RequestWriterTests()
    {
        _transport = new ScriptedTransport([]);
        _connection = new Http1Connection(_transport, Http1Limits.Default);
        _connection.Begin();
    }

    public void Dispose() => _connection.Dispose();

    private RequestWriter Request => _connection.Request;

    [Fact]
    public async Task Write_HeadWithoutBody_OnePieceInTheOrderOfTheCalls()
    {
        Request.WriteLine("GET", "/a%2Fb/../c;x='", "?q=%e4&q");
        Request.WriteHeader("Host", "reviews:9080");
        Request.WriteHeader("X-Name", "j\u00e4son");
        Request.WriteHeader("Cookie", "a=1");
        Request.WriteHeader("X-EMPTY", "");
        Request.WriteHeader("cookie", "b=2");
        Request.EndHead(RequestFraming.None);
        await Request.EndAsync();

        Assert.Equal(
            "GET /a%2Fb/../c;x='?q=%e4&q HTTP/1.1\r\nhost: reviews:9080\r\nx-name: j\u00e4son\r\ncookie: a=1\r\nx-empty: \r\ncookie: "
                + "b=2\r\n\r\n",
            _transport.Sent);
        Assert.Equal((1, true), (_transport.Sends, Request.IsComplete));
    }

    /// <summary>
    /// Only <see cref="RequestWriter.EndHead"/> says where a body ends, and no field of the caller's connection goes on to another.
    /// </summary>
    [Theory]
    [InlineData("Connection")]
    [InlineData("KEEP-ALIVE")]
    [InlineData("Proxy-Connection")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Upgrade")]
    [InlineData("Content-Length")]
    public async Task WriteHeader_OfTheConnection_LeftOut(string name)
    {
        Request.WriteLine("GET", "/");
        Request.WriteHeader(name, "x");
        Request.EndHead(RequestFraming.None);
        await Request.EndAsync();

        Assert.Equal("GET / HTTP/1.1\r\n\r\n", _transport.Sent);
    }

    [Theory]
    [InlineData("G T", "/", "", "a", "b")]
    [InlineData("", "/", "", "a", "b")]
    [InlineData("GET", "", "", "a", "b")]
    [InlineData("GET", "/ HTTP/1.1", "", "a", "b")]
    [InlineData("GET", "/\r\n", "", "a", "b")]
    [InlineData("GET", "/\u00e4", "", "a", "b")]
    [InlineData("GET", "/\u0100", "", "a", "b")]
    [InlineData("GET", "/", "? ", "a", "b")]
    [InlineData("GET", "/", "?", "", "b")]
    [InlineData("GET", "/", "?", "a:", "b")]
    [InlineData("GET", "/", "?", "\u00e4", "b")]
    [InlineData("GET", "/", "?", "a\r\nb", "b")]
    [InlineData("GET", "/", "?", "a", "b\r\nc: d")]
    [InlineData("GET", "/", "?", "a", "b\nc: d")]
    [InlineData("GET", "/", "?", "a", "b\0")]
    [InlineData("GET", "/", "?", "a", "\u010a")]
    public void Write_WhatWouldBeAnotherRequest_Refused(string method, string target, string query, string name, string value)
    {
        Assert.Throws<ArgumentException>(() =>
        {
            Request.WriteLine(method, target, query);
            Request.WriteHeader(name, value);
        });
        Assert.Equal("", _transport.Sent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public async Task Copy_DeclaredLength_HeadAndBody(int length)
    {
        var body = Body(length);
        Request.WriteLine("POST", "/");
        Request.EndHead(RequestFraming.OfLength(length));
        await Request.CopyAsync(new MemoryStream(body), null, CancellationToken.None);
        await Request.EndAsync();

        Assert.Equal($"POST / HTTP/1.1\r\ncontent-length: {length}\r\n\r\n{Encoding.Latin1.GetString(body)}", _transport.Sent);
    }

    [Fact]
    public async Task Copy_ShortBody_LeavesWithTheHead()
    {
        Request.WriteLine("POST", "/");
        Request.EndHead(RequestFraming.OfLength(5));
        await Request.CopyAsync(new MemoryStream(Body(5)), null, CancellationToken.None);
        await Request.EndAsync();

        Assert.Equal(1, _transport.Sends);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Copy_OtherThanDeclared_RequestBodyError(int length)
    {
        Request.WriteLine("POST", "/");
        Request.EndHead(RequestFraming.OfLength(5));
        var error = await Assert.ThrowsAsync<Http1Exception>(async () =>
        {
            await Request.CopyAsync(new MemoryStream(Body(length)), null, CancellationToken.None);
            await Request.EndAsync();
        });

        Assert.Equal((Http1Error.RequestBody, false), (error.Error, Request.IsComplete));
    }

    [Theory]
    [InlineData(true, 0, 1)]
    [InlineData(false, 1, 2)]
    public async Task Copy_MoreWaitsAtTheSource_SentTogether(bool waits, int meanwhile, int inTheEnd)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(listener.LocalEndPoint!);
        using var source = await listener.AcceptAsync();
        if (waits)
        {
            await caller.SendAsync(Body(2));
            Assert.True(source.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
        }

        var body = new Pipe();
        Request.WriteLine("POST", "/");
        Request.EndHead(RequestFraming.OfLength(4));
        await body.Writer.WriteAsync(Body(2));
        var copying = Request.CopyAsync(body.Reader.AsStream(), source, CancellationToken.None).AsTask();
        Assert.Equal(meanwhile, _transport.Sends);

        await body.Writer.WriteAsync(Body(2));
        await body.Writer.CompleteAsync();
        await copying;
        await Request.EndAsync();

        Assert.Equal(inTheEnd, _transport.Sends);
        Assert.EndsWith($"\r\n\r\n{Text(2)}{Text(2)}", _transport.Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_Chunked_SizesInHexadecimalThenTrailers()
    {
        Request.WriteLine("POST", "/");
        Request.EndHead(RequestFraming.Chunked);
        await Request.CopyAsync(new PiecewiseStream([Body(1), Body(16), Body(255)]), null, CancellationToken.None);
        Request.EndChunks();
        Request.WriteTrailer("X-Sum", "1");
        Request.WriteTrailer("Content-Length", "5");
        Request.WriteTrailer("Host", "other");
        Request.WriteTrailer("x-sum", "2");
        await Request.EndAsync();

        Assert.Equal(
            $"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{Text(1)}\r\n10\r\n{Text(16)}\r\nff\r\n{Text(255)}\r\n0\r\nx-sum: "
                + "1\r\nx-sum: 2\r\n\r\n",
            _transport.Sent);
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(15_000)]
    [InlineData(16_384)]
    [InlineData(65_535)]
    [InlineData(200_000)]
    public async Task Copy_ChunkedOfAnySize_ReadBackAsItWas(int length)
    {
        Request.WriteLine("POST", "/");
        Request.EndHead(RequestFraming.Chunked);
        await Request.CopyAsync(new MemoryStream(Body(length)), null, CancellationToken.None);
        await Request.EndAsync();

        var heard = await Heard.ReadAsync(
            "HTTP/1.1 200 OK\r\n" + _transport.Sent[(_transport.Sent.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Equal((Text(length), null), (heard.Body, heard.Error));
    }

    [Fact]
    public async Task WriteHeader_HeadOf60KiB_Whole()
    {
        Request.WriteLine("GET", "/" + new string('a', 30_000));
        Request.WriteHeader("x", new string('b', 30_000));
        Request.EndHead(RequestFraming.None);
        await Request.EndAsync();

        Assert.Equal($"GET /{new string('a', 30_000)} HTTP/1.1\r\nx: {new string('b', 30_000)}\r\n\r\n", _transport.Sent);
    }

    [Fact]
    public async Task WriteUpgrade_Protocol_ConnectionNamesIt()
    {
        Request.WriteLine("GET", "/");
        Request.WriteUpgrade("websocket");
        Request.EndHead(RequestFraming.None);
        await Request.EndAsync();

        Assert.Equal("GET / HTTP/1.1\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n", _transport.Sent);
    }

    private static byte[] Body(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];

    private static string Text(int length) => Encoding.Latin1.GetString(Body(length));

    /// <summary>Comes in the pieces it is given.</summary>
    private sealed class PiecewiseStream(IEnumerable<byte[]> pieces) : MemoryStream
    {
        private readonly Queue<byte[]> _pieces = new(pieces);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (!_pieces.TryDequeue(out var piece))
            {
                return 0;
            }

            piece.CopyTo(buffer);
            return piece.Length;
        }
    }
}
