using System.Text;

namespace Bookinfo.Mesh.Http1.Messages;

/// <summary>
/// The field lines of a head or trailer section, in their order, duplicates included (RFC 9110, 5.2 and 5.3). Names are lower case; values
/// have the bytes that came, without the white space around them. Spans are valid until the next read from the connection, texts for ever.
/// </summary>
public sealed class HeaderBlock
{
    private readonly TextCache _names = new();
    private readonly TextCache _values = new();
    private Line[] _lines = new Line[16];
    private byte[] _bytes = [];
    private int _origin;
    private bool _namesOthers;

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>The name of a line, lower case.</summary>
    public ReadOnlySpan<byte> Name(int line) => _bytes.AsSpan(_origin + At(line).NameStart, At(line).NameLength);

    /// <summary>The value of a line.</summary>
    public ReadOnlySpan<byte> Value(int line) => _bytes.AsSpan(_origin + At(line).ValueStart, At(line).ValueLength);

    /// <summary>The name of a line as text.</summary>
    public string NameText(int line) => _names.Get(line, Name(line));

    /// <summary>The value of a line as text, a character for each byte (Latin-1).</summary>
    public string ValueText(int line) => _values.Get(line, Value(line));

    /// <summary>The first line of that name, or -1.</summary>
    /// <param name="name">The name in lower case.</param>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var line = 0; line < Count; line++)
        {
            if (Name(line).SequenceEqual(name))
            {
                return line;
            }
        }

        return -1;
    }

    /// <summary>
    /// Whether the line ends here and is not passed on: it is of this connection (RFC 9110, 7.6.1; <c>mutateResponseHeaders</c> in
    /// <c>source/common/http/conn_manager_utility.cc</c> of envoyproxy/envoy), or Connection names it. Content-Length is passed on.
    /// </summary>
    public bool IsHopByHop(int line) =>
        At(line).Kind is not (FieldKind.EndToEnd or FieldKind.ContentLength) || (_namesOthers && HasConnectionToken(Name(line)));

    internal FieldKind Kind(int line) => At(line).Kind;

    internal bool HasConnectionToken(ReadOnlySpan<byte> token) => HasToken(FieldKind.Connection, token);

    /// <summary>Whether any line of the kind lists the token.</summary>
    internal bool HasToken(FieldKind kind, ReadOnlySpan<byte> token)
    {
        for (var line = 0; line < Count; line++)
        {
            if (_lines[line].Kind == kind && HttpBytes.HasToken(Value(line), token))
            {
                return true;
            }
        }

        return false;
    }

    internal void Clear() => (Count, _namesOthers) = (0, false);

    /// <summary>Says where the bytes are that the lines' positions count from.</summary>
    internal void Bind(byte[] bytes, int origin)
    {
        (_bytes, _origin) = (bytes, origin);
        for (var line = 0; line < Count && !_namesOthers; line++)
        {
            _namesOthers = _lines[line].Kind == FieldKind.Connection && NamesOthers(Value(line));
        }
    }

    internal void Add(int nameStart, int nameLength, int valueStart, int valueLength, FieldKind kind)
    {
        if (Count == _lines.Length)
        {
            Array.Resize(ref _lines, Count * 2);
        }

        _lines[Count++] = new Line(nameStart, nameLength, valueStart, valueLength, kind);
    }

    private static bool NamesOthers(ReadOnlySpan<byte> options) =>
        !Ascii.EqualsIgnoreCase(options, "keep-alive"u8) && !Ascii.EqualsIgnoreCase(options, "close"u8);

    private ref readonly Line At(int line)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)line, (uint)Count, nameof(line));
        return ref _lines[line];
    }

    private readonly record struct Line(int NameStart, int NameLength, int ValueStart, int ValueLength, FieldKind Kind);
}
