using System.Threading.Channels;

namespace Bookinfo.Tests.Http1.Support;

/// <summary>A body whose pieces the test feeds one by one; an empty piece ends it.</summary>
internal sealed class FedStream : MemoryStream
{
    private readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>();

    public void Feed(byte[] piece) => _pieces.Writer.TryWrite(piece);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var piece = await _pieces.Reader.ReadAsync(cancellationToken);
        piece.CopyTo(buffer);
        return piece.Length;
    }
}
