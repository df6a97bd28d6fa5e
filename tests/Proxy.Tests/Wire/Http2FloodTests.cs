using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// Frames that cost a caller nothing. The counts are those of <c>test/integration/http2_flood_integration_test.cc</c> of envoyproxy/envoy
/// (EmptyHeadersContinuation, EmptyData, PriorityIdleStream, PriorityOpenStream, WindowUpdate).
/// </summary>
public sealed class Http2FloodTests : IAsyncLifetime
{
    private const byte Data = 0, Headers = 1, Priority = 2, WindowUpdate = 8, Continuation = 9;
    private const byte EndHeaders = 4;
    private readonly TestMesh _mesh = new();
    private readonly RecordedLog _log = new(LogLevel.Information);
    private RawHttp2 _caller = null!;

    public async ValueTask InitializeAsync()
    {
        await _mesh.AddAsync("reviews", "v1", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.Body.WriteAsync("reviews"u8.ToArray());
        });
        await _mesh.StartAsync("", options => options with { Logging = _log });
        _caller = await RawHttp2.ConnectAsync(_mesh.Server.OutboundOf(_mesh.Caller));
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _mesh.DisposeAsync();
    }

    [Fact]
    public async Task Continuation_TwoEmptyFramesInARow_CutOff()
    {
        await _caller.SendAsync(Headers, 0, 1, []);
        await _caller.SendAsync(Continuation, 0, 1, []);

        await AssertCutOffAsync("too many frames with an empty payload");
    }

    [Fact]
    public async Task Data_TwoEmptyFramesInARow_CutOff()
    {
        await OpenAsync();
        await _caller.SendAsync(Data, 0, 1, []);
        Assert.True(await _caller.AnswersPingAsync());

        await _caller.SendAsync(Data, 0, 1, []);

        await AssertCutOffAsync("too many frames with an empty payload");
    }

    [Fact]
    public async Task Data_TwoFramesOfPaddingAlone_CutOff()
    {
        await OpenAsync();
        await _caller.SendAsync(Data, 8, 1, [3, 0, 0, 0]);
        await _caller.SendAsync(Data, 8, 1, [0]);

        await AssertCutOffAsync("too many frames with an empty payload");
    }

    [Fact]
    public async Task Data_EmptyFramesBetweenOthers_GoOn()
    {
        await OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            await _caller.SendAsync(Data, 0, 1, []);
            await _caller.SendAsync(Data, 0, 1, [1]);
        }

        Assert.True(await _caller.AnswersPingAsync());
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 200)]
    public async Task Priority_MoreThanAHundredForEachStreamAndOne_CutOff(int streams, int allowed)
    {
        if (streams > 0)
        {
            await OpenAsync();
        }

        await RepeatAsync(allowed, () => _caller.SendAsync(Priority, 0, 1, [0, 0, 0, 3, 1]));
        Assert.True(await _caller.AnswersPingAsync());

        await _caller.SendAsync(Priority, 0, 1, [0, 0, 0, 3, 1]);

        await AssertCutOffAsync("too many PRIORITY frames");
    }

    [Fact]
    public async Task WindowUpdate_WithoutDataSent_SevenForOneStream()
    {
        await OpenAsync();
        await RepeatAsync(7, () => _caller.SendAsync(WindowUpdate, 0, 0, [0, 0, 0, 1]));
        Assert.True(await _caller.AnswersPingAsync());

        await _caller.SendAsync(WindowUpdate, 0, 0, [0, 0, 0, 1]);

        await AssertCutOffAsync("too many WINDOW_UPDATE frames");
    }

    [Fact]
    public async Task WindowUpdate_AfterAnAnswer_TwentyMoreForEachFrameOfData()
    {
        Assert.Equal("200",
            await _caller.AskAsync((":method", "GET"), (":scheme", "http"), (":authority", "reviews:9080"), (":path", "/")));
        await RepeatAsync(27, () => _caller.SendAsync(WindowUpdate, 0, 0, [0, 0, 0, 1]));

        Assert.True(await _caller.AnswersPingAsync());
        await RepeatAsync(40, () => _caller.SendAsync(WindowUpdate, 0, 0, [0, 0, 0, 1]));

        await AssertCutOffAsync("too many WINDOW_UPDATE frames");
    }

    [Fact]
    public async Task Answer_OfManyFrames_ClientThatMovesItsWindowIsServed()
    {
        const int Pieces = 256;
        var piece = new byte[64 * 1024];
        _mesh.Backends[0].Handler = async context =>
        {
            for (var i = 0; i < Pieces; i++)
            {
                await context.Response.Body.WriteAsync(piece);
            }
        };

        await using var body = await _mesh.Client(HttpVersion.Version20).GetStreamAsync(new Uri("http://reviews:9080/"),
            TestContext.Current.CancellationToken);
        var (length, buffer) = (0L, new byte[64 * 1024]);
        for (var read = 1; read > 0; length += read)
        {
            read = await body.ReadAsync(buffer, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Pieces * (long)piece.Length, length);
    }

    private static byte[] Request() =>
        [0x83, 0x86, 0x84, 0x01, 12, .. "reviews:9080"u8];

    private static async Task RepeatAsync(int times, Func<Task> send)
    {
        try
        {
            for (var i = 0; i < times; i++)
            {
                await send();
            }
        }
        catch (IOException)
        {
            // Cut off before the last of them; whether that was right is asked next.
        }
    }

    /// <summary>A POST whose body is still to come.</summary>
    private Task OpenAsync() => _caller.SendAsync(Headers, EndHeaders, 1, Request());

    private async Task AssertCutOffAsync(string violation)
    {
        Assert.False(await _caller.AnswersPingAsync());
        await Eventually.UntilAsync(
            () => _log.Entries.Any(entry => entry.Message.EndsWith($"was cut off: {violation}.", StringComparison.Ordinal)), violation);
    }
}
