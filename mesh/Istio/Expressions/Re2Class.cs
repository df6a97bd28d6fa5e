using System.Text;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Expressions;

/// <summary>Classes of characters: <c>[a-z0-9_]</c>, <c>[^/]</c>, <c>[[:alpha:]]</c>.</summary>
internal static class Re2Class
{
    private static readonly Dictionary<string, (string Set, string Others)> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = ("0-9A-Za-z", @"\0-/:-@\[-`{-\uFFFF"),
        ["alpha"] = ("A-Za-z", @"\0-@\[-`{-\uFFFF"),
        ["ascii"] = (@"\0-\x7F", @"\x80-\uFFFF"),
        ["blank"] = (@"\t ", @"\0-\x08\n-\x1F!-\uFFFF"),
        ["cntrl"] = (@"\0-\x1F\x7F", @"\x20-~\x80-\uFFFF"),
        ["digit"] = ("0-9", @"\0-/:-\uFFFF"),
        ["graph"] = ("!-~", @"\0-\x20\x7F-\uFFFF"),
        ["lower"] = ("a-z", @"\0-`{-\uFFFF"),
        ["print"] = (@"\x20-~", @"\0-\x1F\x7F-\uFFFF"),
        ["punct"] = (@"!-/:-@\[-`{-~", @"\0-\x200-9A-Za-z\x7F-\uFFFF"),
        ["space"] = (@"\t\n\v\f\r ", @"\0-\x08\x0E-\x1F!-\uFFFF"),
        ["upper"] = ("A-Z", @"\0-@\[-\uFFFF"),
        ["word"] = ("0-9A-Za-z_", @"\0-/:-@\[-\^`{-\uFFFF"),
        ["xdigit"] = ("0-9A-Fa-f", @"\0-/:-@G-`g-\uFFFF"),
    };

    /// <summary>Translates the class that begins at <paramref name="at"/>; gives what comes after it.</summary>
    public static int Translate(string pattern, int at, StringBuilder output)
    {
        at++;
        output.Append('[');
        if (at < pattern.Length && pattern[at] == '^')
        {
            output.Append('^');
            at++;
        }

        for (var first = true; first || at >= pattern.Length || pattern[at] != ']'; first = false)
        {
            if (at >= pattern.Length)
            {
                throw new Re2SyntaxException("a [ is not closed");
            }

            at = IsPosix(pattern, at, out var name) ? Named(name, pattern, at, output)
                : pattern[at] == '\\' && at + 1 < pattern.Length && pattern[at + 1] is 'd' or 'w' or 's' or 'D' or 'W' or 'S' or 'p' or 'P'
                    ? Re2Escape.Set(pattern, at, output)
                : Range(pattern, at, output);
        }

        output.Append(']');
        return at + 1;
    }

    private static bool IsPosix(string pattern, int at, out string name)
    {
        var end = pattern.AsSpan(at).StartsWith("[:") ? pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) : -1;
        name = end < 0 ? "" : pattern[(at + 2)..end];
        return end >= 0;
    }

    private static int Named(string name, string pattern, int at, StringBuilder output)
    {
        if (!Posix.TryGetValue(name.TrimStart('^'), out var set))
        {
            throw new Re2SyntaxException($"{Messages.Quote($"[:{name}:]")} is not a class of characters");
        }

        output.Append(name.StartsWith('^') ? set.Others : set.Set);
        return pattern.IndexOf(":]", at, StringComparison.Ordinal) + 2;
    }

    private static int Range(string pattern, int at, StringBuilder output)
    {
        var next = Character(pattern, at, out var low);
        Append(low, output);
        if (next + 1 >= pattern.Length || pattern[next] != '-' || pattern[next + 1] == ']')
        {
            return next;
        }

        var end = Character(pattern, next + 1, out var high);
        if (high < low)
        {
            throw new Re2SyntaxException($"the range {pattern[at..end]} goes backwards");
        }

        output.Append('-');
        Append(high, output);
        return end;
    }

    private static int Character(string pattern, int at, out Rune character)
    {
        if (pattern[at] == '\\')
        {
            return Re2Escape.Character(pattern, at, out character);
        }

        character = Rune.TryGetRuneAt(pattern, at, out var rune) ? rune : Rune.ReplacementChar;
        return at + character.Utf16SequenceLength;
    }

    private static void Append(Rune character, StringBuilder output)
    {
        if (!character.IsBmp)
        {
            throw new Re2SyntaxException("the mesh takes no character above U+FFFF in a class");
        }

        Re2Escape.Append(character, output);
    }
}
