using System.Net.Sockets;
using System.Text;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Tests.Http1.Support;

namespace Bookinfo.Tests.Http1.Connections;

/// <summary>Both directions at once, over real sockets.</summary>
public sealed class DuplexTests
{
    [Fact]
    public async Task Answer_WhileTheBodyIsSent_EachPieceComesBackBeforeTheNextIsSent()
    {
        await using var server = RawServer.Start(async socket =>
        {
            await RawServer.ReadHeadAsync(socket);
            await RawServer.SayAsync(socket, "HTTP/1.1 200 OK\r\n\r\n");
            var buffer = new byte[1];
            for (var i = 0; i < 10 && await socket.ReceiveAsync(buffer) > 0; i++)
            {
                await socket.SendAsync(buffer);
            }

            socket.Close();
        });
        using var connection = await ConnectAsync(server);
        Post(connection, RequestFraming.OfLength(10));
        using var body = new FedStream();
        var sending = connection.Request.CopyAsync(body, null, connection.Sending).AsTask();
        await connection.Response.ReadHeadAsync();
        for (var i = 0; i < 10; i++)
        {
            body.Feed([(byte)('0' + i)]);
            if (i == 9)
            {
                // The last byte of a declared length goes with the request's end.
                body.Feed([]);
                await sending;
                await connection.Request.EndAsync();
            }

            Assert.Equal($"{i}", Encoding.ASCII.GetString((await connection.Response.ReadBodyAsync()).Span));
        }

        Assert.True((await connection.Response.ReadBodyAsync()).IsEmpty);
        Assert.False(connection.CanBeReused);
    }

    [Fact]
    public async Task Answer_BeforeTheBodyHasEnded_ReadWholeAndTheBodyCanBeStopped()
    {
        await using var server = RawServer.Answering("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
        using var connection = await ConnectAsync(server);
        Post(connection, RequestFraming.Chunked);
        using var body = new FedStream();
        var sending = connection.Request.CopyAsync(body, null, connection.Sending).AsTask();
        var heard = await Heard.FromAsync(connection);
        Assert.Equal((413, "big", false), (heard.Status, heard.Body, heard.CanBeReused));

        connection.StopSending();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Answer_FromAServerThatStopsReading_ReadAlthoughTheBodyCannotBeSent()
    {
        await using var server = RawServer.Start(async socket =>
        {
            await RawServer.ReadHeadAsync(socket);
            await RawServer.SayAsync(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno");
        });
        using var connection = await ConnectAsync(server);
        Post(connection, RequestFraming.OfLength(long.MaxValue));
        var sending = connection.Request.CopyAsync(new EndlessStream(), null, connection.Sending).AsTask();
        var heard = await Heard.FromAsync(connection);
        Assert.Equal((400, "no", false), (heard.Status, heard.Body, heard.CanBeReused));

        connection.Abort();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    [Fact]
    public async Task Abort_WhileTheServerIsSilent_EndsTheWait()
    {
        await using var server = RawServer.Start(async socket => await RawServer.ReadHeadAsync(socket));
        using var connection = await ConnectAsync(server);
        var waiting = connection.GetAsync();
        connection.Abort();

        Assert.NotNull((await waiting).Error);
    }

    [Fact]
    public async Task Tunnel_AfterASwitch_BytesBothWays()
    {
        await using var server = RawServer.Start(async socket =>
        {
            await RawServer.ReadHeadAsync(socket);
            await RawServer.SayAsync(socket, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nhello");
            var buffer = new byte[100];
            while (await socket.ReceiveAsync(buffer) is > 0 and var read)
            {
                await socket.SendAsync(buffer.AsMemory(0, read));
            }

            socket.Shutdown(SocketShutdown.Both);
        });
        using var connection = await ConnectAsync(server);
        connection.Begin(toUpgrade: true);
        connection.Request.WriteLine("GET", "/");
        connection.Request.WriteUpgrade("websocket");
        connection.Request.EndHead(RequestFraming.None);
        await connection.Request.EndAsync();
        await connection.Response.ReadHeadAsync();
        Assert.Equal("hello", Encoding.ASCII.GetString((await connection.Response.ReadBodyAsync()).Span));
        await connection.Request.WriteRawAsync("there"u8.ToArray());
        Assert.Equal("there", Encoding.ASCII.GetString((await connection.Response.ReadBodyAsync()).Span));
        Assert.False(connection.CanBeReused);
    }

    [Fact]
    public async Task Copy_BodyThatBreaks_RequestBodyErrorWithItsCause()
    {
        await using var server = RawServer.Start(async socket => await RawServer.ReadHeadAsync(socket));
        using var connection = await ConnectAsync(server);
        Post(connection, RequestFraming.Chunked);
        var error = await Assert.ThrowsAsync<Http1Exception>(async () =>
            await connection.Request.CopyAsync(new BrokenStream(), null, connection.Sending));

        Assert.Equal((Http1Error.RequestBody, "the caller is gone"), (error.Error, error.InnerException!.Message));
    }

    private static async Task<Http1Connection> ConnectAsync(RawServer server) =>
        new(await server.ConnectAsync(CancellationToken.None), Http1Limits.Default);

    private static void Post(Http1Connection connection, RequestFraming framing)
    {
        connection.Begin();
        connection.Request.WriteLine("POST", "/");
        connection.Request.EndHead(framing);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("the caller is gone");
    }
}
