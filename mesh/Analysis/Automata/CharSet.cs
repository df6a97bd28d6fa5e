namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>
/// Sets of characters that a request can have: ASCII, a bit for each. Other characters are not told apart from each other and stand under
/// <see cref="Other"/>, a place that no request needs for itself: DEL.
/// </summary>
internal static class CharSet
{
    /// <summary>The bit of all characters beyond ASCII.</summary>
    public const int Other = 0x7F;

    public static readonly UInt128 None = UInt128.Zero;

    public static readonly UInt128 All = UInt128.MaxValue;

    /// <summary>The characters in the order in which examples prefer them: what people write in a path comes first.</summary>
    private static readonly char[] Preferred =
        [.. "abcdefghijklmnopqrstuvwxyz0123456789/-_.ABCDEFGHIJKLMNOPQRSTUVWXYZ", .. Enumerable.Range(0x20, 0x5F).Select(c => (char)c)];

    public static UInt128 Of(char c) => UInt128.One << (c < Other ? c : Other);

    /// <summary>Both ends belong to it. A range beyond ASCII counts as <see cref="Other"/>.</summary>
    public static UInt128 Range(char low, char high)
    {
        var set = None;
        for (int c = low; c <= high && c < Other; c++)
        {
            set |= UInt128.One << c;
        }

        return high >= Other ? set | (UInt128.One << Other) : set;
    }

    public static bool Has(UInt128 set, char c) => ((set >> (c < Other ? c : Other)) & 1) == 1;

    /// <summary>The set with the other case of each ASCII letter in it.</summary>
    public static UInt128 WithoutCase(UInt128 set)
    {
        const int ToLower = 'a' - 'A';
        var upper = set & Range('A', 'Z');
        var lower = set & Range('a', 'z');
        return set | (upper << ToLower) | (lower >> ToLower);
    }

    /// <summary>The character that an example takes of the set; null where it has none of printable ASCII.</summary>
    public static char? Example(UInt128 set)
    {
        foreach (var c in Preferred)
        {
            if (Has(set, c))
            {
                return c;
            }
        }

        return null;
    }
}
