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

    [Fact]
    public async Task OnCompleted_EndReached_ToldOnceWithTheWholeBody()
    {
        var told = new List<byte[]>();
        await using var body = new ReplayableBody(new MemoryStream(Bytes(5000)));
        body.OnCompleted(told.Add);
        await ReadAllAsync(body);
        body.Rewind();
        await ReadAllAsync(body);

        Assert.Equal(Bytes(5000), Assert.Single(told));
    }
}
