using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Bookinfo.Mesh.Proxy.Listeners.Http2;

/// <summary>A reader that shows each byte to a scanner once, before the reader sees it.</summary>
/// <param name="inner">Where the bytes come from.</param>
/// <param name="scanner">Sees them.</param>
/// <param name="check">Is called after each look; what it throws, the read throws.</param>
internal sealed class ScannedReader(PipeReader inner, FrameScanner scanner, Action check) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;
    private long _scanned;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        Scan(result.Buffer);
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
        {
            return false;
        }

        Scan(result.Buffer);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _scanned -= _buffer.Slice(0, consumed).Length;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    /// <summary>What was not consumed the last time comes again at the beginning.</summary>
    private void Scan(in ReadOnlySequence<byte> buffer)
    {
        _buffer = buffer;
        foreach (var memory in buffer.Slice(_scanned))
        {
            scanner.Read(memory.Span);
        }

        _scanned = buffer.Length;
        check();
    }
}
