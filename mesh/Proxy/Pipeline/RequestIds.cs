using System.Security.Cryptography;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// Values for <c>x-request-id</c>: random UUIDs (RFC 9562, 5.4). The random bytes are drawn for many at once, as Envoy does
/// (<c>source/common/common/random_generator.cc</c>): asking the operating system for each costs more than the rest of a header.
/// </summary>
internal static class RequestIds
{
    private const int Length = 16;
    private const int Drawn = 256 * Length;

    [ThreadStatic]
    private static byte[]? _bytes;

    [ThreadStatic]
    private static int _used;

    /// <summary>The next one, as text.</summary>
    public static string Next()
    {
        if (_bytes is null || _used == Drawn)
        {
            _bytes ??= new byte[Drawn];
            RandomNumberGenerator.Fill(_bytes);
            _used = 0;
        }

        var id = _bytes.AsSpan(_used, Length);
        _used += Length;
        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString();
    }
}
