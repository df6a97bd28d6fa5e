using System.Text;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// How Kestrel is made to read a Content-Length: digits are digits, and a value with anything else is not a number, where Kestrel by itself
/// takes signs and blanks (RFC 9110, 8.6; <c>source/common/http/header_utility.cc: validateContentLength</c> of envoyproxy/envoy).
/// </summary>
internal sealed class LengthEncoding : Encoding
{
    private const string NotANumber = "x";

    private LengthEncoding()
    {
    }

    public static LengthEncoding Instance { get; } = new();

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

    public override int GetMaxCharCount(int byteCount) => Math.Max(byteCount, 1);

    /// <summary>As many digits as a length can have, or what is none.</summary>
    private static string Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= 19 && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? Latin1.GetString(bytes) : NotANumber;
}
