using System.Globalization;
using System.Text;

namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>
/// Bytes as text. Everything on the wire is kept as Latin-1 strings, one character for each byte, so that nothing is lost or decoded.
/// </summary>
public static class ByteText
{
    public static byte[] ToBytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string From(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The UTF-8 bytes of a text, each as one character.</summary>
    public static string Utf8(string text) => From(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Writes bytes so that a shell's <c>printf</c> and a C# string literal read them back; a line break follows each line feed.
    /// </summary>
    public static string Print(string bytes, int most = 4000)
    {
        var text = new StringBuilder();
        foreach (var character in bytes.Length > most ? bytes[..most] : bytes)
        {
            text.Append(character switch
            {
                '\r' => "\\r",
                '\n' => "\\n\n",
                '\t' => "\\t",
                '\\' => "\\\\",
                < ' ' or > '~' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
                _ => character.ToString(),
            });
        }

        return bytes.Length > most ? $"{text}... ({bytes.Length} bytes in all)" : text.ToString();
    }

    /// <summary>The bytes that differ, with a few before them.</summary>
    public static string PrintDifference(string expected, string actual)
    {
        var same = 0;
        while (same < expected.Length && same < actual.Length && expected[same] == actual[same])
        {
            same++;
        }

        var start = Math.Max(0, same - 20);
        return $"differs at byte {same}: sent \"{Print(Cut(expected, start), 200)}\", arrived \"{Print(Cut(actual, start), 200)}\"";
    }

    private static string Cut(string text, int start) => start >= text.Length ? "" : text[start..];
}
