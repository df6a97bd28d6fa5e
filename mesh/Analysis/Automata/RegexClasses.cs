using System.Globalization;

namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>Classes of characters and escapes of RE2.</summary>
internal static class RegexClasses
{
    private static readonly UInt128 Digits = CharSet.Range('0', '9');
    private static readonly UInt128 Letters = CharSet.Range('A', 'Z') | CharSet.Range('a', 'z');
    private static readonly UInt128 WordCharacters = Digits | Letters | CharSet.Of('_');
    private static readonly UInt128 Blanks = CharSet.Of(' ') | CharSet.Of('\t');
    private static readonly UInt128 Spaces = Blanks | CharSet.Of('\n') | CharSet.Of('\f') | CharSet.Of('\r');
    private static readonly UInt128 Visible = CharSet.Range('!', '~');

    private static readonly Dictionary<string, UInt128> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = Digits | Letters,
        ["alpha"] = Letters,
        ["ascii"] = CharSet.Range('\0', '~'),
        ["blank"] = Blanks,
        ["cntrl"] = CharSet.Range('\0', '\x1F'),
        ["digit"] = Digits,
        ["graph"] = Visible,
        ["lower"] = CharSet.Range('a', 'z'),
        ["print"] = CharSet.Range(' ', '~'),
        ["punct"] = Visible & ~(Digits | Letters),
        ["space"] = Spaces | CharSet.Of('\v'),
        ["upper"] = CharSet.Range('A', 'Z'),
        ["word"] = WordCharacters,
        ["xdigit"] = Digits | CharSet.Range('A', 'F') | CharSet.Range('a', 'f'),
    };

    /// <summary>The class in brackets at <paramref name="at"/>, which is then behind it.</summary>
    public static UInt128 Bracket(string expression, ref int at)
    {
        at++;
        var isNegated = expression[at] == '^';
        at += isNegated ? 1 : 0;
        var set = CharSet.None;
        for (var first = true; first || expression[at] != ']'; first = false)
        {
            set |= expression.AsSpan(at).StartsWith("[:") ? Named(expression, ref at) : Item(expression, ref at);
        }

        at++;
        return isNegated ? ~set : set;
    }

    /// <summary>The escape at <paramref name="at"/>, which is then behind it.</summary>
    public static UInt128 Escape(string expression, ref int at)
    {
        var set = expression[at + 1] switch
        {
            'd' => Digits,
            'D' => ~Digits,
            'w' => WordCharacters,
            'W' => ~WordCharacters,
            's' => Spaces,
            'S' => ~Spaces,
            'p' or 'P' =>
                throw new UndecidableException($"the expression \"{expression}\" cannot be compared: it has a class of Unicode's"),
            _ => (UInt128?)null,
        };
        if (set is not null)
        {
            at += 2;
            return set.Value;
        }

        return CharSet.Of(Character(expression, ref at));
    }

    private static UInt128 Named(string expression, ref int at)
    {
        var end = expression.IndexOf(":]", at, StringComparison.Ordinal);
        var name = expression[(at + 2)..end];
        at = end + 2;
        return name.StartsWith('^') ? ~Posix[name[1..]] : Posix[name];
    }

    private static UInt128 Item(string expression, ref int at)
    {
        if (expression[at] == '\\' && expression[at + 1] is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P')
        {
            return Escape(expression, ref at);
        }

        var low = Character(expression, ref at);
        if (expression[at] != '-' || expression[at + 1] == ']')
        {
            return Single(expression, low);
        }

        at++;
        var high = Character(expression, ref at);
        return high < CharSet.Other ? CharSet.Range(low, high)
            : high == char.MaxValue ? CharSet.Range(low, high)
            : throw Beyond(expression);
    }

    private static UInt128 Single(string expression, char c) => c < CharSet.Other ? CharSet.Of(c) : throw Beyond(expression);

    private static UndecidableException Beyond(string expression) =>
        new($"the expression \"{expression}\" cannot be compared: it has a character beyond ASCII");

    private static char Character(string expression, ref int at)
    {
        if (expression[at] != '\\')
        {
            return expression[at++];
        }

        var c = expression[at + 1];
        switch (c)
        {
            case 'x':
                var braces = expression[at + 2] == '{';
                var start = at + (braces ? 3 : 2);
                var end = braces ? expression.IndexOf('}', start) : start + 2;
                var code = int.Parse(expression.AsSpan(start..end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                at = braces ? end + 1 : end;
                return code < CharSet.Other ? (char)code : throw Beyond(expression);
            case >= '0' and <= '7':
                var length = 1;
                while (length < 3 && at + 1 + length < expression.Length && expression[at + 1 + length] is >= '0' and <= '7')
                {
                    length++;
                }

                var octal = Convert.ToInt32(expression.Substring(at + 1, length), 8);
                at += 1 + length;
                return octal < CharSet.Other ? (char)octal : throw Beyond(expression);
            default:
                at += 2;
                return "aftnrv".IndexOf(c, StringComparison.Ordinal) is >= 0 and var named ? "\a\f\t\n\r\v"[named] : c;
        }
    }
}
