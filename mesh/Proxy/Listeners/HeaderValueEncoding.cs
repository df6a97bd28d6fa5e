using System.Text;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// How Kestrel is made to read another value of a header than the bytes have, before it acts on the header itself: an encoding that
/// answers with the text that Kestrel is to see. Written values are Latin-1, one character for each byte.
/// </summary>
internal abstract class HeaderValueEncoding : Encoding
{
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

    /// <summary>What Kestrel is to see in the place of these bytes.</summary>
    protected abstract string Read(ReadOnlySpan<byte> bytes);
}
