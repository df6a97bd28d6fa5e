using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Transport;

namespace Bookinfo.Mesh.Http1.Writing;

/// <summary>
/// Writes one request: request line, header lines in the order of the calls, body, trailers. Nothing is sent before
/// <see cref="FlushAsync"/>, the copy of a body, or the end, so that a short request leaves in one piece.
/// </summary>
public sealed class RequestWriter
{
    /// <summary>Room before a chunk's bytes for its size, and behind them for their end.</summary>
    private const int ChunkHead = 6;
    private const int ChunkTail = 2;
    private const int LargestChunk = 0xFFFF;

    /// <summary>With less room than this, what is there is sent first.</summary>
    private const int LeastRoom = 1024;

    private readonly SendBuffer _buffer;
    private RequestFraming _framing;
    private long _left;
    private bool _hasEndedChunks;

    internal RequestWriter(IHttp1Transport transport) => _buffer = new SendBuffer(transport);

    /// <summary>Whether the whole request has been sent.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Writes the request line with HTTP/1.1 (RFC 9112, 3).</summary>
    /// <param name="method">A token.</param>
    /// <param name="target">Visible ASCII, written as it is.</param>
    /// <param name="query">What comes behind the target, likewise; with its question mark.</param>
    /// <exception cref="ArgumentException">Something of it cannot stand in a request line.</exception>
    public void WriteLine(ReadOnlySpan<char> method, ReadOnlySpan<char> target, ReadOnlySpan<char> query = default)
    {
        Check(HttpBytes.IsToken(_buffer.Write(method)), "The method is not a token");
        _buffer.Write(" "u8);
        Check(HttpBytes.IsTarget(_buffer.Write(target)), "The target has a character that it cannot have");
        Check(query.IsEmpty || HttpBytes.IsTarget(_buffer.Write(query)), "The query has a character that it cannot have");
        _buffer.Write(" HTTP/1.1\r\n"u8);
    }

    /// <summary>
    /// Writes a header line; its name becomes lower case. What belongs to one connection (RFC 9110, 7.6.1) and what says where the body
    /// ends is left out:
    /// <see cref="EndHead"/> writes that.
    /// </summary>
    /// <param name="name">A token.</param>
    /// <param name="value">A character for each byte (Latin-1), no control character but the tab.</param>
    /// <exception cref="ArgumentException">It cannot be a header line.</exception>
    public void WriteHeader(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (!IsOwn(name))
        {
            WriteField(name, value);
        }
    }

    /// <summary>Writes <c>connection: Upgrade</c> and the protocol that is asked for (RFC 9110, 7.8).</summary>
    /// <exception cref="ArgumentException">It cannot be the name of a protocol.</exception>
    public void WriteUpgrade(ReadOnlySpan<char> protocol)
    {
        _buffer.Write("connection: Upgrade\r\n"u8);
        WriteField("upgrade", protocol);
    }

    /// <summary>Ends the head, and says how the body will end.</summary>
    public void EndHead(RequestFraming framing)
    {
        _framing = framing;
        _left = framing.Length ?? 0;
        if (framing.IsChunked)
        {
            _buffer.Write("transfer-encoding: chunked\r\n"u8);
        }
        else if (framing.Length is { } length)
        {
            _buffer.Write("content-length: "u8);
            _buffer.WriteDecimal(length);
            _buffer.Write("\r\n"u8);
        }

        _buffer.Write("\r\n"u8);
    }

    /// <summary>Sends what is written so far.</summary>
    /// <exception cref="Http1Exception">The connection broke.</exception>
    public ValueTask FlushAsync() => _buffer.Length == 0 ? ValueTask.CompletedTask : SendAsync();

    /// <summary>
    /// Copies a body to its end; <see cref="EndAsync"/> is still to be called. Sends while it waits for more, the head with the first
    /// bytes. The last bytes of a declared length wait for the body's end: before it, the request is not known to be whole.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="source">The socket that the body comes from, one request at a time; null where it is not known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Http1Exception">The body could not be read, is longer than was declared, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask CopyAsync(Stream body, Socket? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (_framing.Length is > SendBuffer.UsualSize)
        {
            _buffer.Reserve();
        }

        while (true)
        {
            if (_buffer.Free.Length < LeastRoom && !IsAtDeclaredEnd)
            {
                await FlushAsync();
            }

            _buffer.Rewind();
            int read;
            ExceptionDispatchInfo? broken = null;
            try
            {
                var reading = body.ReadAsync(BodyRoom(), cancellationToken);
                if (!reading.IsCompleted && _buffer.Length > 0 && !IsAtDeclaredEnd && !MoreWaits(source))
                {
                    // What is sent lies before the room that is read into.
                    broken = await TryFlushAsync();
                }

                // Also where the connection has broken: a read that is left behind would take bytes from the next attempt.
                read = await reading;
            }
            catch (Exception) when (broken is not null)
            {
                read = 0;
            }
            catch (Exception e) when (e is not (OperationCanceledException or Http1Exception))
            {
                throw new Http1Exception(Http1Error.RequestBody, "The request's body could not be read", e);
            }

            broken?.Throw();
            if (read == 0)
            {
                return;
            }

            Frame(read);
        }
    }

    /// <summary>Writes bytes as they are, on a connection that has left HTTP (101 was the answer).</summary>
    /// <exception cref="Http1Exception">The connection broke.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteRawAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _buffer.Rewind();
            var length = Math.Min(bytes.Length, _buffer.Free.Length);
            _buffer.Write(bytes.Span[..length]);
            bytes = bytes[length..];
            await FlushAsync();
        }
    }

    /// <summary>Begins the end of a chunked body, after which trailers may be written.</summary>
    public void EndChunks()
    {
        if (_framing.IsChunked)
        {
            _buffer.Write("0\r\n"u8);
            _hasEndedChunks = true;
        }
    }

    /// <summary>
    /// Writes a trailer line (RFC 9112, 7.1.2), after <see cref="EndChunks"/>. Fields that cannot be trailers are left out (RFC 9110,
    /// 6.5.1).
    /// </summary>
    /// <exception cref="ArgumentException">It cannot be a trailer line.</exception>
    public void WriteTrailer(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (_hasEndedChunks && !IsOwn(name) && !TrailerFields.IsForbidden(name))
        {
            WriteField(name, value);
        }
    }

    /// <summary>Ends the request and sends what is left of it.</summary>
    /// <exception cref="Http1Exception">The body was shorter than declared, or the connection broke.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask EndAsync()
    {
        if (_left > 0)
        {
            throw new Http1Exception(Http1Error.RequestBody, $"The request's body is {_left} bytes shorter than it was declared");
        }

        if (_framing.IsChunked)
        {
            if (!_hasEndedChunks)
            {
                EndChunks();
            }

            _buffer.Write("\r\n"u8);
        }

        await FlushAsync();
        _buffer.Release();
        IsComplete = true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ExceptionDispatchInfo?> TryFlushAsync()
    {
        try
        {
            await FlushAsync();
            return null;
        }
        catch (Http1Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }

    internal void Begin()
    {
        (IsComplete, _hasEndedChunks, _framing, _left) = (false, false, RequestFraming.None, 0);
        _buffer.Clear();
    }

    /// <summary>
    /// Whether more of the body is at the source: before an end that was declared, no other bytes can be there. Who receives in small
    /// pieces does not send in small pieces.
    /// </summary>
    private bool MoreWaits(Socket? source) =>
        source is not null && _framing.Length is not null && source.Available > 0;

    private bool IsAtDeclaredEnd => _framing.Length is not null && _left == 0;

    /// <summary>Never all of the room, so that there is some to ask for the end in when the declared length has come.</summary>
    private Memory<byte> BodyRoom()
    {
        var free = _buffer.Free;
        return _framing.IsChunked ? free[ChunkHead..Math.Min(free.Length - ChunkTail, ChunkHead + LargestChunk)]
            : IsAtDeclaredEnd ? free[..Math.Min(1, free.Length)]
            : free[..^1];
    }

    /// <summary>Takes in the bytes that were read into the room, as the framing has it.</summary>
    private void Frame(int read)
    {
        if (!_framing.IsChunked)
        {
            _left -= read;
            _ = _left < 0 ? throw new Http1Exception(Http1Error.RequestBody, "The request's body is longer than it was declared") : _left;
            _buffer.Advance(read);
            return;
        }

        var room = _buffer.Free.Span;
        read.TryFormat(room, out var digits, "x", CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(room[digits..]);
        var head = digits + 2;
        room.Slice(ChunkHead, read).CopyTo(room[head..]);
        "\r\n"u8.CopyTo(room[(head + read)..]);
        _buffer.Advance(head + read + ChunkTail);
    }

    private void WriteField(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        Check(HttpBytes.IsToken(_buffer.WriteLower(name)), "A header's name has a character that it cannot have");
        _buffer.Write(": "u8);
        Check(value.IsEmpty || HttpBytes.IsFieldValue(_buffer.Write(value)), "A header's value has a control character");
        _buffer.Write("\r\n"u8);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync()
    {
        try
        {
            await _buffer.SendAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            throw new Http1Exception(Http1Error.Terminated, "The connection broke while the request was sent", e);
        }
    }

    private static bool IsOwn(ReadOnlySpan<char> name) => FieldKinds.Of(name) != FieldKind.EndToEnd;

    private static void Check(bool condition, string otherwise) => _ = condition ? condition : throw new ArgumentException(otherwise);
}
