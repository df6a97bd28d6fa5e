using System.Buffers.Binary;

namespace Bookinfo.Mesh.Proxy.Listeners.Http2;

/// <summary>
/// Finds the heads of HTTP/2's frames in the bytes of one direction of a connection, however these are cut, and passes over the payloads
/// (RFC 9113, 4.1).
/// </summary>
/// <param name="preface">How many bytes stand before the first frame: those of the client's preface, or none.</param>
/// <param name="found">Is told of each frame, once its head and, where it is padded, the length of the padding are there.</param>
internal sealed class FrameScanner(int preface, Action<FrameHead> found)
{
    private const int HeadLength = 9;

    private readonly byte[] _head = new byte[HeadLength + 1];
    private int _known;
    private int _skip = preface;

    /// <summary>The next bytes.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_skip > 0)
            {
                var passed = Math.Min(_skip, bytes.Length);
                _skip -= passed;
                bytes = bytes[passed..];
                continue;
            }

            var taken = Math.Min(Wanted() - _known, bytes.Length);
            bytes[..taken].CopyTo(_head.AsSpan(_known));
            _known += taken;
            bytes = bytes[taken..];
            if (_known == Wanted())
            {
                Tell();
            }
        }
    }

    private int Length() => (BinaryPrimitives.ReadUInt16BigEndian(_head) << 8) | _head[2];

    /// <summary>A padded frame's first byte of payload is the length of the padding (RFC 9113, 6.1 and 6.2).</summary>
    private int Wanted() => _known >= HeadLength && FrameHead.IsPadded(_head[3], _head[4]) && Length() > 0 ? HeadLength + 1 : HeadLength;

    private void Tell()
    {
        // The field for the padding's length belongs to the padding.
        var padding = _known > HeadLength ? _head[HeadLength] + 1 : 0;
        var length = Length();
        _skip = length - (_known - HeadLength);
        _known = 0;
        found(new FrameHead(_head[3], _head[4], Math.Max(length - padding, 0)));
    }
}

/// <summary>What a frame's head says of it.</summary>
/// <param name="Type">One of the constants below, or another.</param>
/// <param name="Flags">Their meaning depends on the type.</param>
/// <param name="PayloadBytes">How long the payload is without its padding.</param>
internal readonly record struct FrameHead(byte Type, byte Flags, int PayloadBytes)
{
    public const byte Data = 0, Headers = 1, Priority = 2, WindowUpdate = 8, Continuation = 9;

    private const byte EndStreamFlag = 0x1, EndHeadersFlag = 0x4, PaddedFlag = 0x8;

    public bool EndsStream => (Flags & EndStreamFlag) != 0;

    public bool EndsHeaders => (Flags & EndHeadersFlag) != 0;

    public static bool IsPadded(byte type, byte flags) => type is Data or Headers && (flags & PaddedFlag) != 0;
}
