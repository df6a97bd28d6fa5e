using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>
/// The server's end of an HTTP/2 connection, in memory: it sends its SETTINGS and nothing else, and keeps the frames that come (RFC 9113,
/// 4.1).
/// </summary>
internal sealed class FrameRecorder : Stream
{
    public const byte Data = 0, Headers = 1, ResetStream = 3;

    private const int PrefaceLength = 24, HeadLength = 9, EndStream = 1;

    private static readonly byte[] Settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly Pipe _written = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Frame> _frames = [];
    private readonly Channel<Frame> _coming = Channel.CreateUnbounded<Frame>();
    private int _sent;

    public FrameRecorder() => _ = RecordAsync();

    /// <summary>What has come so far.</summary>
    public IReadOnlyCollection<Frame> Frames => _frames;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Waits for the next frame of a kind.</summary>
    public async Task<Frame> WaitForAsync(Func<Frame, bool> isIt)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await _coming.Reader.ReadAsync(timeout.Token) is var frame && isIt(frame))
            {
                return frame;
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (_sent == Settings.Length)
        {
            await _closed.Task.WaitAsync(cancellationToken);
            return 0;
        }

        var length = Math.Min(buffer.Length, Settings.Length - _sent);
        Settings.AsMemory(_sent, length).CopyTo(buffer);
        _sent += length;
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await _written.Writer.WriteAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _closed.TrySetResult();
        _written.Writer.Complete();
        base.Dispose(disposing);
    }

    private async Task RecordAsync()
    {
        var input = _written.Reader.AsStream();
        var head = new byte[PrefaceLength];
        var length = PrefaceLength;
        while (await input.ReadAtLeastAsync(head.AsMemory(0, length), length, throwOnEndOfStream: false) == length)
        {
            if (length == PrefaceLength)
            {
                length = HeadLength;
                continue;
            }

            var frame = new Frame(head[3], head[4], (head[0] << 16) | (head[1] << 8) | head[2]);
            await input.ReadExactlyAsync(new byte[frame.Length]);
            _frames.Enqueue(frame);
            await _coming.Writer.WriteAsync(frame);
        }

        _coming.Writer.Complete();
    }

    /// <summary>A frame's type, its flags and the length of its payload.</summary>
    internal sealed record Frame(byte Type, byte Flags, int Length)
    {
        /// <summary>Whether its stream ends with it.</summary>
        public bool EndsStream => Type is Data or Headers && (Flags & EndStream) != 0;
    }
}
