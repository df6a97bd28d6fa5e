using System.Buffers;

namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>
/// A request body that streams through and is remembered on the way, so that a retry can send it again. One longer than the limit is
/// forgotten, and its request not retried, as with Envoy's buffer (<c>per_connection_buffer_limit_bytes</c>, 1 MiB).
/// </summary>
internal sealed class ReplayableBody(Stream inner) : Stream
{
    /// <summary>Most bytes that are remembered.</summary>
    public const int Limit = 1024 * 1024;

    private byte[] _memory = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;
    private int _position;
    private Action<byte[]>? _completed;

    /// <summary>Whether all that was read so far is remembered.</summary>
    public bool CanReplay { get; private set; } = true;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Tells once what the body was, when its end has been read; never where it was longer than the limit.</summary>
    public void OnCompleted(Action<byte[]> completed) => _completed += completed;

    /// <summary>The next read begins at the first byte again.</summary>
    public void Rewind() => _position = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < _length)
        {
            var again = Math.Min(buffer.Length, _length - _position);
            _memory.AsMemory(_position, again).CopyTo(buffer);
            _position += again;
            return again;
        }

        var read = await inner.ReadAsync(buffer, cancellationToken);
        Remember(buffer.Span[..read]);
        if (read == 0 && buffer.Length > 0 && CanReplay && Interlocked.Exchange(ref _completed, null) is { } completed)
        {
            completed(_memory.AsSpan(0, _length).ToArray());
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        if (!CanReplay)
        {
            return;
        }

        if (_length + bytes.Length > Limit)
        {
            Forget();
            return;
        }

        if (_length + bytes.Length > _memory.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_memory.Length * 2, _length + bytes.Length));
            _memory.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_memory);
            _memory = larger;
        }

        bytes.CopyTo(_memory.AsSpan(_length));
        _length += bytes.Length;
        _position = _length;
    }

    private void Forget()
    {
        if (_memory.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_memory);
        }

        _memory = [];
        _length = 0;
        _position = 0;
        CanReplay = false;
    }
}
