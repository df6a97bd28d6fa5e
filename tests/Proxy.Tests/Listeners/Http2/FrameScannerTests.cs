using Bookinfo.Mesh.Proxy.Listeners.Http2;

namespace Bookinfo.Tests.Proxy.Listeners.Http2;

public sealed class FrameScannerTests
{
    // Three bytes of preface, an empty SETTINGS, DATA with three bytes, padded DATA of padding only, padded DATA with one byte.
    private static readonly byte[] Bytes =
    [
        7, 7, 7,
        0, 0, 0, 4, 0, 0, 0, 0, 0,
        0, 0, 3, 0, 1, 0, 0, 0, 1, 9, 9, 9,
        0, 0, 3, 0, 8, 0, 0, 0, 1, 2, 0, 0,
        0, 0, 4, 0, 8, 0, 0, 0, 1, 2, 5, 0, 0,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Read_FramesCutAnywhere_TellsOfEachOnce(int piece)
    {
        var frames = new List<FrameHead>();
        var scanner = new FrameScanner(3, frames.Add);

        foreach (var chunk in Bytes.Chunk(piece))
        {
            scanner.Read(chunk);
        }

        Assert.Equal([new FrameHead(4, 0, 0), new FrameHead(0, 1, 3), new FrameHead(0, 8, 0), new FrameHead(0, 8, 1)], frames);
    }
}
