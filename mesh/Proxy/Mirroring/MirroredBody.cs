using System.IO.Pipelines;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;

namespace Bookinfo.Mesh.Proxy.Mirroring;

/// <summary>
/// A body on its way to a mirror while it goes to its destination, as Envoy's streaming shadows since 1.34. A mirror that is slower than
/// the destination never holds the caller up: what waits for it has a bound, beyond which the copy breaks off.
/// </summary>
/// <param name="bounds">The mirror's bounds.</param>
/// <param name="begin">Told at the first byte, or at the end of an empty body: from then on there is something to send.</param>
internal sealed class MirroredBody(MirrorBounds bounds, Action begin) : BodyStream, IBodyCopy
{
    /// <summary>Bytes of one body that wait for the mirror's pod.</summary>
    private const long MostWaiting = 16 * 1024 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _broken = new();
    private long _waiting;
    private long _count;
    private bool _hasBegun;
    private bool _isOver;

    /// <summary>Bytes that were sent so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Cancelled where the copy breaks off, also while its pod takes nothing.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>Told after each part that was read.</summary>
    public Action? WasRead { get; set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            if (_waiting + bytes.Length > MostWaiting || !bounds.TryTake(bytes.Length))
            {
                End(new IOException("The mirror is slower than the caller."));
                return;
            }

            _waiting += bytes.Length;
            bytes.CopyTo(_pipe.Writer.GetSpan(bytes.Length));
            _pipe.Writer.Advance(bytes.Length);

            // Without a threshold this never waits.
            _ = _pipe.Writer.FlushAsync().AsTask();
        }

        Begin();
    }

    public void Complete()
    {
        lock (_lock)
        {
            End(null);
        }

        Begin();
    }

    public void Abort()
    {
        lock (_lock)
        {
            End(new IOException("The caller's body has no end."));
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await _pipe.Reader.ReadAsync(cancellationToken);
        var bytes = result.Buffer.Slice(0, Math.Min(buffer.Length, result.Buffer.Length));
        var count = (int)bytes.Length;
        var to = buffer.Span;
        foreach (var segment in bytes)
        {
            segment.Span.CopyTo(to);
            to = to[segment.Length..];
        }

        _pipe.Reader.AdvanceTo(bytes.End);
        lock (_lock)
        {
            _waiting -= count;
        }

        bounds.Free(count);
        Interlocked.Add(ref _count, count);
        WasRead?.Invoke();
        return count;
    }

    /// <summary>Nothing more is sent: what waits is given up.</summary>
    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            End(new IOException("The copy is over."));
            bounds.Free(_waiting);
            _waiting = 0;
        }

        _pipe.Reader.Complete();
        base.Dispose(disposing);
    }

    private void End(Exception? error)
    {
        if (!_isOver)
        {
            _isOver = true;
            _pipe.Writer.Complete(error);
            if (error is not null)
            {
                // Not on the caller's own path.
                _ = _broken.CancelAsync();
            }
        }
    }

    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            begin();
        }
    }
}
