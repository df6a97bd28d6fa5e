using System.Buffers;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>
/// A request body that streams through and is remembered on the way, so that a retry can send it again. One longer than the limit is
/// forgotten, and its request not retried, as with Envoy's buffer (<c>per_connection_buffer_limit_bytes</c>, 1 MiB). Copies get its bytes
/// as they are read, whatever its length.
/// </summary>
internal sealed class ReplayableBody(Stream inner) : BodyStream
{
    /// <summary>Most bytes that are remembered.</summary>
    public const int Limit = 1024 * 1024;

    private const int LargestRead = 64 * 1024;

    private byte[] _memory = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;
    private int _position;
    private readonly List<IBodyCopy> _copies = [];
    private Task<int>? _reading;

    /// <summary>Whether all that was read so far is remembered.</summary>
    public bool CanReplay { get; private set; } = true;

    /// <summary>Gives the body to somebody else too; before it is read.</summary>
    public void CopyTo(IBodyCopy copy) => _copies.Add(copy);

    /// <summary>The next read begins at the first byte again.</summary>
    public void Rewind() => _position = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < _length)
        {
            return Again(buffer);
        }

        if (!HasRoom())
        {
            var passed = await inner.ReadAsync(buffer, cancellationToken);
            Copy(buffer.Span[..passed]);
            return passed;
        }

        return await ReadOnAsync(cancellationToken) == 0 ? 0 : Again(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var copy in _copies)
        {
            copy.Abort();
        }

        Forget();
        base.Dispose(disposing);
    }

    /// <summary>
    /// Reads on into the memory. The token ends the waiting, not the read: Kestrel takes no other read after one that was cancelled, and
    /// the next attempt goes on with this one.
    /// </summary>
    private async ValueTask<int> ReadOnAsync(CancellationToken cancellationToken)
    {
        if (_reading is null)
        {
            var room = _memory.AsMemory(_length, Math.Min(_memory.Length - _length, LargestRead));
            var reading = inner.ReadAsync(room, CancellationToken.None);
            if (reading.IsCompletedSuccessfully)
            {
                return Remember(reading.Result);
            }

            _reading = reading.AsTask();
        }

        var read = await _reading.WaitAsync(cancellationToken);
        _reading = null;
        return Remember(read);
    }

    private int Again(Memory<byte> buffer)
    {
        var again = Math.Min(buffer.Length, _length - _position);
        _memory.AsMemory(_position, again).CopyTo(buffer);
        _position += again;
        return again;
    }

    private int Remember(int read)
    {
        Copy(_memory.AsSpan(_length, read));
        _length += read;
        CanReplay &= _length <= Limit;
        return read;
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        foreach (var copy in _copies)
        {
            if (bytes.IsEmpty)
            {
                copy.Complete();
            }
            else
            {
                copy.Add(bytes);
            }
        }
    }

    /// <summary>Whether there is room to read into; what is longer than the limit is forgotten.</summary>
    private bool HasRoom()
    {
        if (!CanReplay)
        {
            Forget();
            return false;
        }

        if (_reading is not null || _length < _memory.Length)
        {
            return true;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_memory.Length * 2);
        _memory.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_memory);
        _memory = larger;
        return true;
    }

    private void Forget()
    {
        // A read that is under way still writes into it.
        if (_memory.Length > 0 && _reading is not { IsCompleted: false })
        {
            ArrayPool<byte>.Shared.Return(_memory);
        }

        _memory = [];
        _length = 0;
        _position = 0;
        CanReplay = false;
    }
}
