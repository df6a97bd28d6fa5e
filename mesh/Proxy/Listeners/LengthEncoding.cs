namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// How Kestrel is made to read a Content-Length: digits are digits, and a value with anything else is not a number, where Kestrel by itself
/// takes signs and blanks (RFC 9110, 8.6; <c>source/common/http/header_utility.cc: validateContentLength</c> of envoyproxy/envoy).
/// </summary>
internal sealed class LengthEncoding : HeaderValueEncoding
{
    private const string NotANumber = "x";

    private LengthEncoding()
    {
    }

    public static LengthEncoding Instance { get; } = new();

    public override int GetMaxCharCount(int byteCount) => Math.Max(byteCount, 1);

    /// <summary>As many digits as a length can have, or what is none.</summary>
    protected override string Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= 19 && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? Latin1.GetString(bytes) : NotANumber;
}
