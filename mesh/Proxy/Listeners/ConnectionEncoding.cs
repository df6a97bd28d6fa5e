using System.Text;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// How Kestrel is made to keep what Connection names. It writes <c>close</c>, <c>keep-alive</c> or <c>upgrade</c> in the place of the whole
/// header where it finds just one of them, and the headers that end at this hop would go on. A value with names is given two of them, so
/// that Kestrel leaves it as it is, and closes the connection after the answer, as it may.
/// </summary>
internal sealed class ConnectionEncoding : Encoding
{
    private const string TwoOptions = ",close,keep-alive";

    /// <summary>What needs no naming: Kestrel's own options, and what is removed in any case.</summary>
    private static readonly string[] Options = ["close", "keep-alive", "upgrade", "te", "http2-settings"];

    private ConnectionEncoding()
    {
    }

    public static ConnectionEncoding Instance { get; } = new();

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count)).Length;

    public override int GetCharCount(ReadOnlySpan<byte> bytes) => Read(bytes).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var text = Read(bytes);
        text.CopyTo(chars);
        return text.Length;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount + TwoOptions.Length;

    private static string Read(ReadOnlySpan<byte> bytes)
    {
        var text = Latin1.GetString(bytes);
        foreach (var part in text.AsSpan().Split(','))
        {
            if (!IsOption(text.AsSpan(part).Trim(" \t")))
            {
                return text + TwoOptions;
            }
        }

        return text;
    }

    private static bool IsOption(ReadOnlySpan<char> name)
    {
        foreach (var option in Options)
        {
            if (name.Equals(option, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return name.IsEmpty;
    }
}
