using Bookinfo.Mesh.Proxy.Retries;

namespace Bookinfo.Tests.Proxy.Retries;

public sealed class ReplayableBodyTests
{
    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(ReplayableBody.Limit)]
    public async Task Rewind_WithinTheLimit_SameBytesAgain(int length)
    {
        var bytes = Bytes(length);
        await using var body = new ReplayableBody(new MemoryStream(bytes));

        Assert.Equal(bytes, await ReadAllAsync(body));
        Assert.True(body.CanReplay);
        body.Rewind();
        Assert.Equal(bytes, await ReadAllAsync(body));
    }

    [Fact]
    public async Task Read_BeyondTheLimit_StreamsOnButCannotReplay()
    {
        var bytes = Bytes(ReplayableBody.Limit + 1);
        await using var body = new ReplayableBody(new MemoryStream(bytes));

        Assert.Equal(bytes, await ReadAllAsync(body));
        Assert.False(body.CanReplay);
    }

    [Fact]
    public async Task Rewind_HalfWayThrough_ContinuesWithTheRest()
    {
        var bytes = Bytes(10_000);
        await using var body = new ReplayableBody(new MemoryStream(bytes));
        await body.ReadExactlyAsync(new byte[3000]);
        body.Rewind();

        Assert.Equal(bytes, await ReadAllAsync(body));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    [InlineData(ReplayableBody.Limit)]
    [InlineData(3 * ReplayableBody.Limit)]
    public async Task CopyTo_BodyIsReadToItsEnd_CopyGetsEachByteOnceAndTheEnd(int length)
    {
        var copy = new Copy();
        await using (var body = new ReplayableBody(new MemoryStream(Bytes(length))))
        {
            body.CopyTo(copy);
            await ReadAllAsync(body);
            if (body.CanReplay)
            {
                body.Rewind();
                await ReadAllAsync(body);
            }
        }

        Assert.Equal(Bytes(length), copy.Bytes);
        Assert.Equal("end", copy.Ends[0]);
    }

    [Fact]
    public async Task Dispose_EndWasNotRead_CopyBreaksOff()
    {
        var copy = new Copy();
        var body = new ReplayableBody(new MemoryStream(Bytes(5000)));
        body.CopyTo(copy);
        await body.ReadExactlyAsync(new byte[10]);
        await body.DisposeAsync();

        Assert.Equal(["abort"], copy.Ends);
    }

    private sealed class Copy : IBodyCopy
    {
        public List<byte> Bytes { get; } = [];

        public List<string> Ends { get; } = [];

        public void Add(ReadOnlySpan<byte> bytes) => Bytes.AddRange(bytes);

        public void Complete() => Ends.Add("end");

        public void Abort() => Ends.Add("abort");
    }
}
