using System.Buffers;
using System.Text;
using Bookinfo.Mesh.Http1.Transport;

namespace Bookinfo.Mesh.Http1.Writing;

/// <summary>
/// What is to be sent next, in one piece. Text becomes a byte for each character (Latin-1), or is refused. A connection between two
/// exchanges has no room for it.
/// </summary>
internal sealed class SendBuffer(IHttp1Transport transport)
{
    /// <summary>The room for a request, as long as it does not need more.</summary>
    public const int UsualSize = 16 * 1024;

    /// <summary>With a head before it, no more than 64 KiB.</summary>
    private const int LargeRoom = 60 * 1024;

    private byte[]? _bytes;
    private int _start;
    private int _end;

    /// <summary>Bytes that wait to be sent.</summary>
    public int Length => _end - _start;

    /// <summary>The room behind them.</summary>
    public Memory<byte> Free => Bytes.AsMemory(_end);

    private byte[] Bytes => _bytes ??= ArrayPool<byte>.Shared.Rent(UsualSize);

    public void Clear() => (_start, _end) = (0, 0);

    /// <summary>Gives the room back, once everything is sent.</summary>
    public void Release()
    {
        if (_bytes is { } bytes)
        {
            _bytes = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }

        Clear();
    }

    /// <summary>Makes room for a long body, which is sent in larger pieces.</summary>
    public void Reserve() => Room(LargeRoom);

    /// <summary>Makes all the room usable again, where nothing waits to be sent.</summary>
    public void Rewind()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
    }

    /// <summary>Takes bytes in that were put into <see cref="Free"/>.</summary>
    public void Advance(int length) => _end += length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _end += bytes.Length;
    }

    /// <summary>Writes the text.</summary>
    /// <returns>The bytes written, to be judged by the caller.</returns>
    /// <exception cref="ArgumentException">A character is not a byte.</exception>
    public ReadOnlySpan<byte> Write(ReadOnlySpan<char> text)
    {
        var room = Room(text.Length)[..text.Length];
        if (Ascii.FromUtf16(text, room, out _) != OperationStatus.Done)
        {
            Narrow(text, room);
        }

        _end += text.Length;
        return room;
    }

    /// <summary>Writes the text in lower case.</summary>
    /// <returns>The bytes written, to be judged by the caller.</returns>
    /// <exception cref="ArgumentException">A character is not ASCII.</exception>
    public ReadOnlySpan<byte> WriteLower(ReadOnlySpan<char> text)
    {
        var room = Room(text.Length)[..text.Length];
        if (Ascii.ToLower(text, room, out _) != OperationStatus.Done)
        {
            throw new ArgumentException("A header's name has a character that it cannot have");
        }

        _end += text.Length;
        return room;
    }

    public void WriteDecimal(long number)
    {
        number.TryFormat(Room(20), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        _end += written;
    }

    /// <summary>Sends what waits. What is behind it in the buffer stays where it is.</summary>
    public ValueTask SendAsync()
    {
        var sending = Bytes.AsMemory(_start, Length);
        _start = _end;
        return transport.SendAsync(sending);
    }

    private Span<byte> Room(int length)
    {
        if (Bytes.Length - _end < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Bytes.Length * 2, _end + length));
            Bytes.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(Bytes);
            _bytes = larger;
        }

        return Bytes.AsSpan(_end);
    }

    private static void Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (var i = 0; i < text.Length; i++)
        {
            bytes[i] = text[i] <= 0xFF ? (byte)text[i] : throw new ArgumentException("A character above U+00FF cannot stand in a head");
        }
    }
}
