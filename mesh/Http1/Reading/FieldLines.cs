using System.Text;
using Bookinfo.Mesh.Http1.Messages;

namespace Bookinfo.Mesh.Http1.Reading;

/// <summary>
/// Reads field lines up to the empty line that ends them (RFC 9112, 5). It goes on where it stopped when more bytes have come, so that no
/// byte is looked at twice but those of an unfinished line. Names become lower case where they stand.
/// </summary>
internal sealed class FieldLines(Http1Limits limits)
{
    private int _position;

    /// <summary>Begins at a position from which on there are field lines.</summary>
    public void Begin(int position) => _position = position;

    /// <summary>Reads on. False where the end has not come yet; true with the length of everything up to and with the empty line.</summary>
    /// <param name="bytes">The section from its beginning, as far as it has come; the head's first line included.</param>
    /// <param name="into">Gets the lines, by their positions in <paramref name="bytes"/>.</param>
    /// <param name="length">Where the section ends.</param>
    /// <exception cref="Http1Exception">A line is not a field line, or there are more than the limits allow.</exception>
    public bool TryRead(Span<byte> bytes, HeaderBlock into, out int length)
    {
        while (TryReadLine(bytes, out var line, out length))
        {
            var start = _position;
            _position = length;
            if (line.IsEmpty)
            {
                CheckSize(length);
                return true;
            }

            Add(line, start, into);
        }

        CheckSize(bytes.Length);
        return false;
    }

    private bool TryReadLine(Span<byte> bytes, out Span<byte> line, out int next)
    {
        var end = bytes[_position..].IndexOf((byte)'\n');
        next = _position + end + 1;
        line = end < 0 ? default : bytes.Slice(_position, end);
        if (line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        return end >= 0;
    }

    private void Add(Span<byte> line, int start, HeaderBlock into)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[0] is (byte)' ' or (byte)'\t')
        {
            // A line that begins with white space is an obs-fold, which a proxy has to refuse or replace (RFC 9112, 5.2).
            throw Http1Exception.Protocol("A header line has no name");
        }

        // White space before the colon is to be removed from an answer (RFC 9112, 5.1).
        var name = line[..colon].TrimEnd(" \t"u8);
        if (!HttpBytes.IsToken(name))
        {
            throw Http1Exception.Protocol("A header's name has a character that it cannot have");
        }

        var rest = line[(colon + 1)..];
        var value = rest.TrimStart(" \t"u8);
        var valueStart = start + colon + 1 + rest.Length - value.Length;
        value = value.TrimEnd(" \t"u8);
        if (!HttpBytes.IsFieldValue(value))
        {
            throw Http1Exception.Protocol("A header's value has a control character");
        }

        if (into.Count == limits.HeaderCount)
        {
            throw Http1Exception.Protocol($"There are more than {limits.HeaderCount} header lines");
        }

        Ascii.ToLowerInPlace(name, out _);
        into.Add(start, name.Length, valueStart, value.Length, FieldKinds.Of(name));
    }

    private void CheckSize(int length)
    {
        if (length > limits.HeaderBytes)
        {
            throw Http1Exception.Protocol($"The headers are longer than {limits.HeaderBytes} bytes");
        }
    }
}
