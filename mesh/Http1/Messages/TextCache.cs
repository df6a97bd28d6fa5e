using System.Text;

namespace Bookinfo.Mesh.Http1.Messages;

/// <summary>
/// Strings for bytes, a byte for a character (Latin-1). A server's answers on one connection are alike, so that the string of the same
/// place in the answer before is mostly the right one, and nothing is allocated.
/// </summary>
internal sealed class TextCache
{
    /// <summary>Longer texts are not kept between answers.</summary>
    private const int LongestKept = 1024;

    private string?[] _texts = new string?[16];

    /// <summary>The text of the bytes at a place.</summary>
    public string Get(int place, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        if (place >= _texts.Length)
        {
            Array.Resize(ref _texts, Math.Max(_texts.Length * 2, place + 1));
        }

        if (_texts[place] is { } kept && Matches(kept, bytes))
        {
            return kept;
        }

        var text = Encoding.Latin1.GetString(bytes);
        if (text.Length <= LongestKept)
        {
            _texts[place] = text;
        }

        return text;
    }

    private static bool Matches(string text, ReadOnlySpan<byte> bytes)
    {
        if (text.Length != bytes.Length)
        {
            return false;
        }

        if (Ascii.Equals(bytes, text))
        {
            return true;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            if (text[i] != bytes[i])
            {
                return false;
            }
        }

        return true;
    }
}
