namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// A connection on which a request is sent once. HttpClient sends a request without a body again, on another connection, when a reused one
/// ends before the answer's first byte. Envoy does not: whether there is another attempt is the retry policy's to say
/// (<c>source/common/router/retry_state_impl.cc: wouldRetryFromReset</c>). HttpClient takes only the quiet end of a connection for such a
/// case, so an end where an answer is due is an error here.
/// </summary>
internal sealed class SendOnceStream(Stream inner) : Stream
{
    /// <summary>Something was written, and nothing read since.</summary>
    private volatile bool _answerIsDue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        NoteRead(buffer.Length, await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => NoteRead(count, inner.Read(buffer, offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _answerIsDue = true;
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        _answerIsDue = true;
        inner.Write(buffer, offset, count);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int NoteRead(int asked, int read)
    {
        if (read > 0)
        {
            _answerIsDue = false;
        }
        else if (asked > 0 && _answerIsDue)
        {
            throw new IOException("The endpoint ended the connection before it answered.");
        }

        return read;
    }
}
