using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Transport;

namespace Bookinfo.Mesh.Http1.Reading;

/// <summary>
/// Reads the answer to one request: any number of interim heads, a final head, a body, trailers. Everything it hands out is in the
/// connection's own buffer and valid until the next read.
/// </summary>
public sealed class ResponseReader
{
    private readonly ReceiveBuffer _buffer;
    private readonly Http1Limits _limits;
    private readonly FieldLines _lines;
    private readonly ChunkedBody _chunks;
    private bool _toHead;
    private bool _toUpgrade;
    private bool _hasStatus;
    private int _interim;
    private int _minorVersion;
    private int _handedOut;
    private long _left;

    internal ResponseReader(ReceiveBuffer buffer, Http1Limits limits)
    {
        _buffer = buffer;
        _limits = limits;
        _lines = new FieldLines(limits);
        _chunks = new ChunkedBody(limits, Trailers);
    }

    /// <summary>The status of the head that was read last.</summary>
    public int Status { get; private set; }

    /// <summary>Whether that head is of an interim answer, after which another one comes. 101 is a final one.</summary>
    public bool IsInterim => Status is >= 100 and < 200 and not 101;

    /// <summary>The fields of the head that was read last.</summary>
    public HeaderBlock Headers { get; } = new();

    /// <summary>The fields after a chunked body; complete when the body is (RFC 9112, 7.1.2).</summary>
    public HeaderBlock Trailers { get; } = new();

    /// <summary>What ends the body.</summary>
    public ResponseBodyKind BodyKind { get; private set; }

    /// <summary>The value of Content-Length; null where there is none. An answer to HEAD has one without a body.</summary>
    public long? ContentLength { get; private set; }

    /// <summary>Whether the whole answer has been read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the first byte of any answer has come.</summary>
    public bool HasBegun => _hasStatus || _interim > 0 || _buffer.Length > 0;

    /// <summary>
    /// Whether the server keeps the connection open after this answer (RFC 9112, 9.3; <c>source/common/http/header_utility.cc:
    /// shouldCloseConnection</c>).
    /// </summary>
    internal bool KeepsConnection { get; private set; }

    /// <summary>Reads the next head. After an interim one (<see cref="IsInterim"/>) it is to be called again.</summary>
    /// <exception cref="Http1Exception">The connection ended, or what came is not an answer.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadHeadAsync()
    {
        Headers.Clear();
        _hasStatus = false;
        while (!TryReadHead())
        {
            await FillAsync();
        }
    }

    /// <summary>
    /// Takes the next bytes of the body from those that have come. False where more have to come first; true and none at the body's end.
    /// </summary>
    /// <exception cref="Http1Exception">The body is malformed.</exception>
    public bool TryReadBody(out ReadOnlyMemory<byte> bytes)
    {
        _buffer.Consume(_handedOut);
        _handedOut = 0;
        if (!TryTake(out var length))
        {
            bytes = default;
            return false;
        }

        bytes = _buffer.Slice(length);
        _handedOut = length;
        IsComplete = length == 0 || (BodyKind == ResponseBodyKind.Length && _left == 0);
        return true;
    }

    /// <summary>Waits for the next bytes of the body; none at its end.</summary>
    /// <exception cref="Http1Exception">The connection ended too early, or the body is malformed.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync() => TryReadBody(out var bytes) ? new(bytes) : WaitForBodyAsync();

    internal void Begin(bool toHead, bool toUpgrade)
    {
        (_toHead, _toUpgrade) = (toHead, toUpgrade);
        (_interim, _handedOut, _left, Status, IsComplete, KeepsConnection, _hasStatus) = (0, 0, 0, 0, false, false, false);
        Headers.Clear();
        Trailers.Clear();
    }

    private bool TryReadHead()
    {
        if (!_hasStatus && !TryReadStatus())
        {
            return false;
        }

        if (!_lines.TryRead(_buffer.Unread, Headers, out var length))
        {
            return false;
        }

        var (bytes, start) = _buffer.Place;
        Headers.Bind(bytes, start);
        _buffer.Consume(length);
        Understand();
        return true;
    }

    private bool TryReadStatus()
    {
        ReadOnlySpan<byte> bytes = _buffer.Unread;
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            // Neither a line that never ends nor another protocol's bytes are waited for.
            return bytes.Length <= _limits.HeaderBytes && IsBeginningOfStatus(bytes)
                ? false
                : throw Http1Exception.Protocol("The answer does not begin with a status line of HTTP/1");
        }

        var line = bytes[..end];
        (_minorVersion, Status) = StatusLine.Read(line.EndsWith("\r"u8) ? line[..^1] : line);
        _hasStatus = true;
        _lines.Begin(end + 1);
        return true;
    }

    private static bool IsBeginningOfStatus(ReadOnlySpan<byte> bytes)
    {
        var start = "HTTP/1."u8;
        return start.StartsWith(bytes[..Math.Min(bytes.Length, start.Length)]);
    }

    private void Understand()
    {
        (BodyKind, ContentLength) = ResponseFraming.Of(Status, Headers, _toHead, _toUpgrade);
        if (IsInterim && ++_interim > _limits.InterimResponses)
        {
            throw Http1Exception.Protocol($"There are more than {_limits.InterimResponses} interim answers");
        }

        KeepsConnection = BodyKind is not (ResponseBodyKind.UntilClose or ResponseBodyKind.Tunnel)
            && (_minorVersion == 1
                ? !Headers.HasConnectionToken("close"u8) && !Headers.HasToken(FieldKind.ProxyConnection, "close"u8)
                : Headers.HasConnectionToken("keep-alive"u8) && BodyKind != ResponseBodyKind.Chunked);
        _left = ContentLength ?? 0;
        IsComplete = !IsInterim && (BodyKind == ResponseBodyKind.None || (BodyKind == ResponseBodyKind.Length && _left == 0));
        _chunks.Begin();
    }

    private bool TryTake(out int length)
    {
        length = 0;
        switch (BodyKind)
        {
            case ResponseBodyKind.None:
                return true;
            case ResponseBodyKind.Chunked:
                return _chunks.TryTake(_buffer, out length);
            case ResponseBodyKind.Length when _left > 0:
                length = (int)Math.Min(_left, _buffer.Length);
                _left -= length;
                return length > 0;
            case ResponseBodyKind.Length:
                return true;
            default:
                length = _buffer.Length;
                return length > 0;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> WaitForBodyAsync()
    {
        ReadOnlyMemory<byte> bytes;
        do
        {
            if (BodyKind is ResponseBodyKind.UntilClose or ResponseBodyKind.Tunnel)
            {
                if (await ReceiveAsync() == 0)
                {
                    IsComplete = true;
                    return default;
                }
            }
            else
            {
                await FillAsync();
            }
        }
        while (!TryReadBody(out bytes));
        return bytes;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync()
    {
        if (await ReceiveAsync() == 0)
        {
            throw new Http1Exception(Http1Error.Terminated, "The server ended the connection before its answer was complete");
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync()
    {
        try
        {
            return await _buffer.FillAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            throw new Http1Exception(Http1Error.Terminated, "The connection broke before the answer was complete", e);
        }
    }
}
