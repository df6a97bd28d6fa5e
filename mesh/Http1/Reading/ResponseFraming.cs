using Bookinfo.Mesh.Http1.Messages;

namespace Bookinfo.Mesh.Http1.Reading;

/// <summary>
/// Where an answer's body ends (RFC 9112, 6.3), judged as strictly as Envoy does: what two readers could read in two ways is refused
/// (<c>source/common/http/http1/codec_impl.cc: onHeadersCompleteImpl</c> of envoyproxy/envoy).
/// </summary>
/// <param name="Kind">What ends it.</param>
/// <param name="Length">Its length in bytes; null where the head does not tell it.</param>
internal readonly record struct ResponseFraming(ResponseBodyKind Kind, long? Length)
{
    /// <exception cref="Http1Exception">The head contradicts itself.</exception>
    public static ResponseFraming Of(int status, HeaderBlock headers, bool toHead, bool toUpgrade)
    {
        var (isChunked, length) = Read(headers);
        if (status is < 200 or 204 && (isChunked || length > 0))
        {
            throw Http1Exception.Protocol($"An answer with the status {status} cannot have a body");
        }

        if (status == 101)
        {
            return toUpgrade ? new(ResponseBodyKind.Tunnel, null)
                : throw Http1Exception.Protocol("The server switches protocols, but was not asked to");
        }

        return status is < 200 or 204 or 304 || toHead ? new(ResponseBodyKind.None, length)
            : isChunked ? new(ResponseBodyKind.Chunked, null)
            : length is null ? new(ResponseBodyKind.UntilClose, null)
            : new(ResponseBodyKind.Length, length);
    }

    private static (bool IsChunked, long? Length) Read(HeaderBlock headers)
    {
        var isChunked = false;
        long? length = null;
        for (var line = 0; line < headers.Count; line++)
        {
            switch (headers.Kind(line))
            {
                case FieldKind.TransferEncoding when isChunked || !System.Text.Ascii.EqualsIgnoreCase(headers.Value(line), "chunked"u8):
                    throw Http1Exception.Protocol("The answer has a transfer coding other than chunked");
                case FieldKind.TransferEncoding:
                    isChunked = true;
                    break;
                case FieldKind.ContentLength when length is not null:
                    throw Http1Exception.Protocol("The answer has two lengths");
                case FieldKind.ContentLength:
                    length = ReadLength(headers.Value(line));
                    break;
                default:
                    break;
            }
        }

        return isChunked && length is not null ? throw Http1Exception.Protocol("The answer has both Content-Length and Transfer-Encoding")
            : (isChunked, length);
    }

    private static long ReadLength(ReadOnlySpan<byte> digits)
    {
        long length = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9' || length > (long.MaxValue - 9) / 10)
            {
                throw NotALength();
            }

            length = (length * 10) + (digit - '0');
        }

        return digits.IsEmpty ? throw NotALength() : length;
    }

    private static Http1Exception NotALength() => Http1Exception.Protocol("Content-Length is not a number of bytes");
}
