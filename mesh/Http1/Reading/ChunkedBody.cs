using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Transport;

namespace Bookinfo.Mesh.Http1.Reading;

/// <summary>Takes the chunks off a body (RFC 9112, 7.1). Extensions are read and dropped, as 7.1.1 has it; the trailers are kept.</summary>
internal sealed class ChunkedBody(Http1Limits limits, HeaderBlock trailers)
{
    /// <summary>Hexadecimal digits of a size that a long holds.</summary>
    private const int MostDigits = 15;

    private readonly FieldLines _lines = new(limits);
    private State _state;
    private long _left;

    private enum State
    {
        Size,
        Data,
        DataEnd,
        Trailers,
        Done,
    }

    public void Begin() => _state = State.Size;

    public bool IsDone => _state == State.Done;

    /// <summary>
    /// Takes the next bytes of the body, at most as many as have come. False where more have to come first; true and none at the end.
    /// </summary>
    /// <exception cref="Http1Exception">What comes is not a chunk.</exception>
    public bool TryTake(ReceiveBuffer buffer, out int length)
    {
        length = 0;
        while (true)
        {
            switch (_state)
            {
                case State.Size when !TryReadSize(buffer):
                case State.Data when buffer.Length == 0:
                case State.DataEnd when !TryReadDataEnd(buffer):
                case State.Trailers when !TryReadTrailers(buffer):
                    return false;
                case State.Data:
                    length = (int)Math.Min(buffer.Length, _left);
                    _left -= length;
                    _state = _left == 0 ? State.DataEnd : State.Data;
                    return true;
                case State.Done:
                    return true;
                default:
                    break;
            }
        }
    }

    private bool TryReadSize(ReceiveBuffer buffer)
    {
        ReadOnlySpan<byte> bytes = buffer.Unread;
        var end = bytes.IndexOf((byte)'\n');
        if ((end < 0 ? bytes.Length : end) > limits.ChunkLineBytes)
        {
            throw Http1Exception.Protocol($"A chunk's size and extensions are longer than {limits.ChunkLineBytes} bytes");
        }

        if (end < 0)
        {
            return false;
        }

        if (end == 0 || bytes[end - 1] != '\r')
        {
            throw NotAChunk();
        }

        _left = ReadSize(bytes[..(end - 1)]);
        buffer.Consume(end + 1);
        if (_left > 0)
        {
            _state = State.Data;
            return true;
        }

        _lines.Begin(0);
        _state = State.Trailers;
        return true;
    }

    private static long ReadSize(ReadOnlySpan<byte> line)
    {
        var digits = line.IndexOfAnyExcept(HexDigits);
        var rest = digits < 0 ? default : HttpBytes.Trim(line[digits..]);
        digits = digits < 0 ? line.Length : digits;
        if (digits is 0 or > MostDigits || !(rest.IsEmpty || rest[0] == ';') || !HttpBytes.IsFieldValue(rest))
        {
            throw NotAChunk();
        }

        long size = 0;
        foreach (var digit in line[..digits])
        {
            size = (size << 4) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return size;
    }

    private bool TryReadDataEnd(ReceiveBuffer buffer)
    {
        var bytes = buffer.Unread;
        if (!"\r\n"u8.StartsWith(bytes[..Math.Min(bytes.Length, 2)]))
        {
            throw NotAChunk();
        }

        if (bytes.Length < 2)
        {
            return false;
        }

        buffer.Consume(2);
        _state = State.Size;
        return true;
    }

    private bool TryReadTrailers(ReceiveBuffer buffer)
    {
        if (!_lines.TryRead(buffer.Unread, trailers, out var length))
        {
            return false;
        }

        var (bytes, start) = buffer.Place;
        trailers.Bind(bytes, start);
        buffer.Consume(length);
        _state = State.Done;
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8);

    private static Http1Exception NotAChunk() => Http1Exception.Protocol("A chunk of the body is malformed");
}
