using System.Buffers;

namespace Bookinfo.Mesh.Http1.Messages;

/// <summary>Which bytes may stand where (RFC 9110, 5.5 and 5.6.2).</summary>
internal static class HttpBytes
{
    private static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Where(each => each != '\t').Select(each => (byte)each)]);

    /// <summary>Whether it can be a method or a field's name.</summary>
    public static bool IsToken(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && !bytes.ContainsAnyExcept(Token);

    /// <summary>Whether it can be a field's value: no control character but the tab; bytes above 0x7F (obs-text) may stand there.</summary>
    public static bool IsFieldValue(ReadOnlySpan<byte> bytes) => !bytes.ContainsAny(Controls);

    /// <summary>Whether it can be a request target: visible ASCII (RFC 9112, 3.2).</summary>
    public static bool IsTarget(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && !bytes.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>Without optional whitespace on both sides (RFC 9110, 5.6.3).</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t"u8);

    /// <summary>Whether a comma-separated list has the token, in whatever case.</summary>
    public static bool HasToken(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        foreach (var part in list.Split((byte)','))
        {
            if (System.Text.Ascii.EqualsIgnoreCase(Trim(list[part]), token))
            {
                return true;
            }
        }

        return false;
    }
}
