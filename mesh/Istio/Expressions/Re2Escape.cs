using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Expressions;

/// <summary>Escapes and plain characters.</summary>
internal static class Re2Escape
{
    private static readonly string[] Categories =
    [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cs",
    ];

    /// <summary>Translates the escape at <paramref name="at"/> outside of a class; gives what comes after it.</summary>
    public static int Translate(string pattern, int at, StringBuilder output)
    {
        if (at + 1 < pattern.Length)
        {
            switch (pattern[at + 1])
            {
                case 'A' or 'z' or 'b' or 'B':
                    output.Append(pattern, at, 2);
                    return at + 2;
                case 'Q':
                    return Quoted(pattern, at + 2, output);
                case 'd' or 'w' or 's' or 'D' or 'W' or 'S' or 'p' or 'P':
                    output.Append('[');
                    var end = Set(pattern, at, output);
                    output.Append(']');
                    return end;
            }
        }

        var next = Character(pattern, at, out var character);
        Append(character, output);
        return next;
    }

    /// <summary>A character that stands for itself.</summary>
    public static int Literal(string pattern, int at, StringBuilder output)
    {
        var rune = Rune.TryGetRuneAt(pattern, at, out var whole) ? whole : Rune.ReplacementChar;
        Append(rune, output);
        return at + rune.Utf16SequenceLength;
    }

    /// <summary>A set of characters, <c>\d</c> or <c>\pL</c>, in the form it has within brackets.</summary>
    public static int Set(string pattern, int at, StringBuilder output)
    {
        // RE2's are of ASCII only, .NET's of Unicode.
        var ascii = pattern[at + 1] switch
        {
            'd' => "0-9",
            'D' => @"\0-/:-\uFFFF",
            'w' => "0-9A-Za-z_",
            'W' => @"\0-/:-@\[-\^`{-\uFFFF",
            's' => @"\t\n\f\r ",
            'S' => @"\0-\x08\x0B\x0E-\x1F!-\uFFFF",
            _ => null,
        };
        if (ascii is not null)
        {
            output.Append(ascii);
            return at + 2;
        }

        var negated = pattern[at + 1] == 'P';
        var name = pattern.AsSpan(at + 2);
        var end = name.StartsWith("{") ? name.IndexOf('}') + 1 : Math.Min(1, name.Length);
        name = end <= 0 ? "" : name[..end].Trim("{}");
        if (name.StartsWith("^"))
        {
            negated = !negated;
            name = name[1..];
        }

        if (!Categories.Contains(name.ToString()))
        {
            throw new Re2SyntaxException(
                $"the mesh knows no class of characters {Messages.Quote(pattern[at..(at + 2 + Math.Max(end, 0))])}; it has Unicode's "
                + $"categories, such as \\pL and \\p{{Nd}}");
        }

        output.Append(negated ? @"\P{" : @"\p{").Append(name).Append('}');
        return at + 2 + end;
    }

    /// <summary>A single escaped character; gives what comes after it.</summary>
    public static int Character(string pattern, int at, out Rune character)
    {
        if (at + 1 >= pattern.Length)
        {
            throw new Re2SyntaxException("it ends in a backslash");
        }

        var c = pattern[at + 1];
        switch (c)
        {
            case 'x':
                return Hexadecimals(pattern, at + 2, out character);
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                character = new Rune("\a\f\t\n\r\v"["aftnrv".IndexOf(c, StringComparison.Ordinal)]);
                return at + 2;
            case '0':
            case >= '1' and <= '7' when at + 2 < pattern.Length && pattern[at + 2] is >= '0' and <= '7':
                var length = 1;
                while (length < 3 && at + 1 + length < pattern.Length && pattern[at + 1 + length] is >= '0' and <= '7')
                {
                    length++;
                }

                character = new Rune(Convert.ToInt32(pattern.Substring(at + 1, length), 8));
                return at + 1 + length;
            case >= '1' and <= '9' or 'k' or 'g':
                throw new Re2SyntaxException($"RE2 has no back-references: \\{c}");
            case < '\x80' when !char.IsAsciiLetterOrDigit(c):
                character = new Rune(c);
                return at + 2;
            default:
                throw new Re2SyntaxException($"RE2 has no escape \\{c}");
        }
    }

    /// <summary>A character so that .NET takes it for itself, inside brackets and outside.</summary>
    public static void Append(Rune character, StringBuilder output)
    {
        if (character.Value < 0x80 && !char.IsAsciiLetterOrDigit((char)character.Value))
        {
            output.Append(CultureInfo.InvariantCulture, $"\\x{character.Value:X2}");
        }
        else if (character.IsBmp)
        {
            output.Append((char)character.Value);
        }
        else
        {
            output.Append("(?:").Append(character).Append(')');
        }
    }

    private static int Quoted(string pattern, int at, StringBuilder output)
    {
        var end = pattern.IndexOf(@"\E", at, StringComparison.Ordinal);
        output.Append("(?:");
        foreach (var rune in pattern.AsSpan(at..(end < 0 ? pattern.Length : end)).EnumerateRunes())
        {
            Append(rune, output);
        }

        output.Append(')');
        return end < 0 ? pattern.Length : end + 2;
    }

    private static int Hexadecimals(string pattern, int at, out Rune character)
    {
        var braces = at < pattern.Length && pattern[at] == '{';
        var end = braces ? pattern.IndexOf('}', at) : Math.Min(at + 2, pattern.Length);
        var digits = end < 0 ? "" : pattern.AsSpan((braces ? at + 1 : at)..end);
        if (digits.IsEmpty || digits.Length > 6 || (!braces && digits.Length != 2) || !Characters.AreAll(digits, "0123456789abcdefABCDEF")
            || !Rune.TryCreate(int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out character))
        {
            throw new Re2SyntaxException(@"\x is followed by two hexadecimal digits, or by up to six in braces");
        }

        return braces ? end + 1 : end;
    }
}
