using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Texts as YAML scalars: without quotes where every reader takes them for texts, else in double quotes.</summary>
internal static class YamlText
{
    public static string Scalar(string text)
    {
        var harmless = text.Length > 0
            && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '/')
            && Characters.AreLettersDigitsOr(text, "-_./")
            && YamlScalar.Resolve(text) == YamlScalarKind.Text
            && !IsLikeATime(text);
        return harmless ? text : Quoted(text);
    }

    /// <summary><c>2026-08-01</c>, which YAML 1.1 reads as a day.</summary>
    private static bool IsLikeATime(string text) => char.IsAsciiDigit(text[0]) && text.Count(c => c == '-') == 2;

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text.EnumerateRunes())
        {
            _ = c.Value switch
            {
                '"' or '\\' => quoted.Append('\\').Append((char)c.Value),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                >= ' ' and < 0x7f => quoted.Append((char)c.Value),
                > 0xa0 and < 0xd800 and not (0x2028 or 0x2029) => quoted.Append((char)c.Value),
                <= 0xffff => quoted.Append(CultureInfo.InvariantCulture, $"\\u{c.Value:x4}"),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\U{c.Value:x8}"),
            };
        }

        return quoted.Append('"').ToString();
    }
}
