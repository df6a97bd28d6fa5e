using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Bookinfo.Mesh.Http1.Transport;

/// <summary>
/// What has come on a connection and has not been read yet, in one piece. A receive may be begun before anybody asks for its bytes: on an
/// idle connection it is what notices the other side's end.
/// </summary>
internal sealed class ReceiveBuffer : IValueTaskSource<int>
{
    /// <summary>A connection keeps so much while it is idle.</summary>
    private const int UsualSize = 4 * 1024;

    /// <summary>Long bodies are received in larger pieces.</summary>
    private const int LargeSize = 64 * 1024;

    /// <summary>Less room than this is not worth a receive.</summary>
    private const int LeastRoom = 2048;

    private readonly IHttp1Transport _transport;
    private readonly Action _onEarly;
    private readonly Action _onReceived;
    private readonly byte[] _usual = GC.AllocateUninitializedArray<byte>(UsualSize);
    private byte[] _bytes;
    private int _start;
    private int _end;
    private ManualResetValueTaskSourceCore<int> _core;
    private ValueTaskAwaiter<int> _receive;
    private bool _isReceiving;
    private bool _isEarly;
    private bool _wasFull;

    /// <param name="transport">Where the bytes come from.</param>
    /// <param name="onEarly">Called when a receive ends that <see cref="Prefetch"/> began, before anybody gets its bytes.</param>
    public ReceiveBuffer(IHttp1Transport transport, Action onEarly)
    {
        _transport = transport;
        _onEarly = onEarly;
        _onReceived = Complete;
        _bytes = _usual;
    }

    /// <summary>The bytes that have come and are not consumed.</summary>
    public Span<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    public int Length => _end - _start;

    /// <summary>The array that holds <see cref="Unread"/>, and where in it they begin.</summary>
    public (byte[] Bytes, int Start) Place => (_bytes, _start);

    /// <summary>Whether bytes or the end have come that were not asked for.</summary>
    public bool HasMore => Length > 0 || (_isReceiving && _core.GetStatus(_core.Version) != ValueTaskSourceStatus.Pending);

    public ReadOnlyMemory<byte> Slice(int length) => _bytes.AsMemory(_start, length);

    public void Consume(int length) => _start += length;

    /// <summary>Waits for more bytes; 0 at the connection's end. Spans of before are no longer valid.</summary>
    public ValueTask<int> FillAsync()
    {
        if (!_isReceiving)
        {
            Begin(early: false);
        }

        return new ValueTask<int>(this, _core.Version);
    }

    /// <summary>Begins a receive that the next <see cref="FillAsync"/> takes up.</summary>
    public void Prefetch()
    {
        if (_isReceiving)
        {
            return;
        }

        _wasFull = false;
        if (_bytes != _usual && _start == _end)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            (_bytes, _start, _end) = (_usual, 0, 0);
        }

        Begin(early: true);
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        _isReceiving = false;
        var read = _core.GetResult(token);
        _end += read;
        _wasFull = _end == _bytes.Length;
        return read;
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    [SuppressMessage("Reliability", "CA2012",
        Justification = "The awaiter is asked once: here when it is complete, or when it calls back.")]
    private void Begin(bool early)
    {
        MakeRoom();
        _core.Reset();
        (_isReceiving, _isEarly) = (true, early);
        _receive = _transport.ReceiveAsync(_bytes.AsMemory(_end)).GetAwaiter();
        if (_receive.IsCompleted)
        {
            Complete();
        }
        else
        {
            _receive.UnsafeOnCompleted(_onReceived);
        }
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "The awaiter is asked once, when it is complete.")]
    private void Complete()
    {
        if (_isEarly)
        {
            _onEarly();
        }

        int read;
        try
        {
            read = _receive.GetResult();
        }
        catch (Exception e)
        {
            _core.SetException(e);
            return;
        }

        _core.SetResult(read);
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
            if (_wasFull && _bytes.Length < LargeSize)
            {
                Grow(LargeSize);
            }
        }
        else if (_start > 0 && _bytes.Length - _end < LeastRoom)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            Grow(_bytes.Length * 2);
        }
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Unread.CopyTo(larger);
        if (_bytes != _usual)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        (_bytes, _start, _end) = (larger, 0, _end - _start);
    }
}
