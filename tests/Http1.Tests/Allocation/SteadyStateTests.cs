using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Pooling;
using Bookinfo.Mesh.Http1.Transport;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Http1.Allocation;

/// <summary>
/// What an exchange allocates once connections, buffers and texts are there: nothing. The whole process is measured, over real sockets and
/// with a server that allocates nothing either; a round in which something else in the process allocated says nothing, so that one clean
/// round is enough. An exchange that allocated a single object would spoil every round.
/// </summary>
[Collection(nameof(Quiet))]
public sealed class SteadyStateTests
{
    private const int Exchanges = 300;
    private const int Rounds = 200;

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nServer: pod\r\nContent-Length: 2\r\n\r\nok", 0)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n3;x\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n", 0)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 0)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 65536)]
    public async Task Exchange_InSteadyState_AllocatesNothing(string answer, int bodyLength)
    {
        using var server = new QuietServer(answer, bodyLength);
        var pool = new Http1Pool(
            token => SocketTransport.ConnectAsync(server.Address, null, token), PoolSettings.Default, new PoolBudget(),
                TimeProvider.System);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Exchanges; i++)
            {
                await ExchangeAsync(pool, bodyLength);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        pool.Retire();
        Assert.Equal(0, least);
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask ExchangeAsync(Http1Pool pool, int bodyLength)
    {
        var connection = await pool.RentAsync(CancellationToken.None);
        connection.Begin();
        var (request, response) = (connection.Request, connection.Response);
        request.WriteLine(bodyLength > 0 ? "POST" : "GET", "/reviews/0", "?a=b");
        request.WriteHeader("Host", "reviews");
        request.WriteHeader("x-request-id", "0");
        request.EndHead(bodyLength > 0 ? RequestFraming.OfLength(bodyLength) : RequestFraming.None);
        if (bodyLength > 0)
        {
            await request.CopyAsync(Zeros.Of(bodyLength), null, CancellationToken.None);
        }

        await request.EndAsync();
        do
        {
            await response.ReadHeadAsync();
        }
        while (response.IsInterim);
        for (var line = 0; line < response.Headers.Count; line++)
        {
            _ = (response.Headers.IsHopByHop(line), response.Headers.NameText(line), response.Headers.ValueText(line));
        }

        for (var bytes = await response.ReadBodyAsync(); !bytes.IsEmpty; bytes = await response.ReadBodyAsync())
        {
        }

        pool.Return(connection);
    }

    /// <summary>Nothing else runs beside these tests.</summary>
    [CollectionDefinition(nameof(Quiet), DisableParallelization = true)]
    public sealed class Quiet;

    /// <summary>A body of zeros, which is used again.</summary>
    private sealed class Zeros : MemoryStream
    {
        private static readonly Zeros Only = new();
        private int _left;

        public static Zeros Of(int length)
        {
            Only._left = length;
            return Only;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = Math.Min(_left, buffer.Length);
            _left -= length;
            return new(length);
        }
    }
}
