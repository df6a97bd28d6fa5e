using System.Buffers;
using System.Text;

namespace Bookinfo.Mesh.Http1.Messages;

/// <summary>Finds a field's kind by its name, in whatever case.</summary>
internal static class FieldKinds
{
    /// <summary>The length of the longest name that means something.</summary>
    private const int Longest = 17;

    public static FieldKind Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 when Ascii.EqualsIgnoreCase(name, "upgrade"u8) => FieldKind.Upgrade,
        10 when Ascii.EqualsIgnoreCase(name, "connection"u8) => FieldKind.Connection,
        10 when Ascii.EqualsIgnoreCase(name, "keep-alive"u8) => FieldKind.KeepAlive,
        14 when Ascii.EqualsIgnoreCase(name, "content-length"u8) => FieldKind.ContentLength,
        16 when Ascii.EqualsIgnoreCase(name, "proxy-connection"u8) => FieldKind.ProxyConnection,
        17 when Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8) => FieldKind.TransferEncoding,
        _ => FieldKind.EndToEnd,
    };

    public static FieldKind Of(ReadOnlySpan<char> name)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        return name.Length <= Longest && Ascii.FromUtf16(name, bytes, out var length) == OperationStatus.Done
            ? Of(bytes[..length])
            : FieldKind.EndToEnd;
    }
}
