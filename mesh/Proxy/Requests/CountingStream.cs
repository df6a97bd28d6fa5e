namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>Passes everything on to another stream and counts the bytes.</summary>
internal sealed class CountingStream : Stream
{
    private Stream _inner = Null;
    private Action? _atEnd;

    /// <summary>Bytes read and written so far.</summary>
    public long Count { get; private set; }

    public override bool CanRead => _inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => _inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Starts over, for another stream.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="atEnd">Told when all of it has been read; what it throws, the reader gets.</param>
    public void Over(Stream inner, Action? atEnd = null)
    {
        (_inner, _atEnd) = (inner, atEnd);
        Count = 0;
    }

    /// <summary>Counts bytes that went another way.</summary>
    public void Add(int bytes) => Count += bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken);
        Count += read;
        if (read == 0 && buffer.Length > 0)
        {
            _atEnd?.Invoke();
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Count += buffer.Length;
        return _inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
