using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.Istio.Expressions;

/// <summary>
/// Reads an RE2 expression and writes a .NET one of the same meaning, or throws <see cref="Re2SyntaxException"/>. The grammar is that of
/// Go's
/// <c>regexp/syntax</c> with its Perl flags.
/// </summary>
internal sealed class Re2Parser(string pattern)
{
    /// <summary>The most repetitions, of nested ones the product (<c>regexp/syntax: repeatIsValid</c>).</summary>
    private const int MostRepetitions = 1000;

    private const int DeepestNesting = 250;

    private readonly StringBuilder _out = new();
    private int _at;
    private Re2Flags _flags;
    private int _depth;

    /// <summary>How many groups capture.</summary>
    public int Groups { get; private set; }

    public string Translate()
    {
        Alternation();
        return _at == pattern.Length ? _out.ToString() : throw new Re2SyntaxException("a ) closes nothing");
    }

    /// <summary>Branches up to the end of the group or of the pattern. Gives the most repetitions nested in it.</summary>
    private int Alternation()
    {
        var most = 1;
        while (_at < pattern.Length && pattern[_at] != ')')
        {
            if (pattern[_at] == '|')
            {
                _at++;
                _out.Append('|');
                continue;
            }

            var start = _out.Length;
            if (Atom() is { } repetitions)
            {
                most = Math.Max(most, Repeat(start, repetitions));
            }
        }

        return most;
    }

    /// <summary>One thing that may be repeated; gives the repetitions within it. Null for a mere change of flags.</summary>
    private int? Atom()
    {
        var c = pattern[_at];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                _at = Re2Class.Translate(pattern, _at, _out);
                return 1;
            case '.':
                _at++;
                _out.Append(_flags.HasFlag(Re2Flags.DotAll) ? @"[\s\S]" : @"[^\n]");
                return 1;
            case '^':
                _at++;
                _out.Append(_flags.HasFlag(Re2Flags.MultiLine) ? "(?m:^)" : @"\A");
                return 1;
            case '$':
                _at++;
                _out.Append(_flags.HasFlag(Re2Flags.MultiLine) ? "(?m:$)" : @"\z");
                return 1;
            case '*' or '+' or '?':
                throw new Re2SyntaxException($"there is nothing before {c} to repeat");
            case '{' when Counts(_at, out _, out _, out _):
                throw new Re2SyntaxException("there is nothing before { to repeat");
            case '\\':
                _at = Re2Escape.Translate(pattern, _at, _out);
                return 1;
            default:
                _at = Re2Escape.Literal(pattern, _at, _out);
                return 1;
        }
    }

    private int? Group()
    {
        if (++_depth > DeepestNesting)
        {
            throw new Re2SyntaxException($"groups are nested more than {DeepestNesting} deep");
        }

        var outer = _flags;
        _at++;
        if (_at < pattern.Length && pattern[_at] == '?')
        {
            if (!OpenSpecial())
            {
                _depth--;
                return null;
            }
        }
        else
        {
            Groups++;
            _out.Append('(');
        }

        var most = Alternation();
        if (_at == pattern.Length)
        {
            throw new Re2SyntaxException("a ( is not closed");
        }

        _at++;
        _depth--;
        _flags = outer;
        _out.Append(')');
        return most;
    }

    /// <summary>What stands after <c>(?</c>. False where it was <c>(?flags)</c>, which holds for the rest of the group around it.</summary>
    private bool OpenSpecial()
    {
        _at++;
        var rest = pattern.AsSpan(_at);
        if (rest.StartsWith("P<") || (rest.StartsWith("<") && !rest.StartsWith("<=") && !rest.StartsWith("<!")))
        {
            var end = rest.IndexOf('>');
            var name = end < 0 ? "" : rest[(rest.IndexOf('<') + 1)..end];
            if (name.IsEmpty || !Characters.AreLettersDigitsOr(name, "_"))
            {
                throw new Re2SyntaxException("the name of a group is letters, digits and underscores");
            }

            // Without the name: .NET would number named groups after the others.
            _at += end + 1;
            Groups++;
            _out.Append('(');
            return true;
        }

        var inner = Re2FlagsReader.Read(pattern, ref _at, _flags, out var opensGroup);
        var ignoresCase = inner.HasFlag(Re2Flags.IgnoreCase) == _flags.HasFlag(Re2Flags.IgnoreCase) ? ""
            : inner.HasFlag(Re2Flags.IgnoreCase) ? "i" : "-i";
        _flags = inner;
        _out.Append(opensGroup ? $"(?{ignoresCase}:" : ignoresCase.Length > 0 ? $"(?{ignoresCase})" : "");
        return opensGroup;
    }

    /// <summary>The repetition after an atom that was written from <paramref name="start"/>, if there is one.</summary>
    private int Repeat(int start, int within)
    {
        if (_at == pattern.Length || !IsRepetition(out var text, out var most, out var next))
        {
            return within;
        }

        _at = next;
        var lazy = _at < pattern.Length && pattern[_at] == '?';
        _at += lazy ? 1 : 0;
        if (_at < pattern.Length && IsRepetition(out _, out _, out _))
        {
            throw new Re2SyntaxException($"{text} is followed by another repetition; RE2 has no possessive ones");
        }

        var product = (long)within * Math.Max(most, 1);
        if (product > MostRepetitions)
        {
            throw new Re2SyntaxException($"it repeats more than {MostRepetitions} times");
        }

        // What was written may be two characters (a surrogate pair) or have its own repetition inside a group of flags.
        _out.Insert(start, "(?:").Append(')').Append(text);
        _ = lazy != _flags.HasFlag(Re2Flags.Ungreedy) ? _out.Append('?') : _out;
        return (int)product;
    }

    private bool IsRepetition(out string text, out int most, out int next)
    {
        text = pattern[_at].ToString();
        most = 1;
        next = _at + 1;
        if (pattern[_at] is '*' or '+' or '?')
        {
            return true;
        }

        if (pattern[_at] != '{' || !Counts(_at, out var least, out most, out next))
        {
            return false;
        }

        if (least > MostRepetitions || most > MostRepetitions)
        {
            throw new Re2SyntaxException($"it repeats more than {MostRepetitions} times");
        }

        if (most >= 0 && least > most)
        {
            throw new Re2SyntaxException($"{pattern[_at..next]} has its least above its most");
        }

        text = pattern[_at..next];
        most = Math.Max(most, least);
        return true;
    }

    /// <summary><c>{n}</c>, <c>{n,}</c> (most is -1) or <c>{n,m}</c>; any other brace is a plain character.</summary>
    private bool Counts(int at, out int least, out int most, out int next)
    {
        least = most = next = 0;
        var end = pattern.IndexOf('}', at);
        if (end < 0)
        {
            return false;
        }

        var inner = pattern.AsSpan(at + 1, end - at - 1);
        var comma = inner.IndexOf(',');
        next = end + 1;
        if (!Count(comma < 0 ? inner : inner[..comma], out least))
        {
            return false;
        }

        most = least;
        if (comma == inner.Length - 1 && comma >= 0)
        {
            most = -1;
            return true;
        }

        return comma < 0 || Count(inner[(comma + 1)..], out most);
    }

    private static bool Count(ReadOnlySpan<char> digits, out int count)
    {
        count = int.MaxValue;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || (digits.Length > 1 && digits[0] == '0'))
        {
            return false;
        }

        _ = digits.Length > 5 || int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count);
        count = digits.Length > 5 ? int.MaxValue : count;
        return true;
    }
}

/// <summary>Something that RE2, or the mesh, does not take.</summary>
internal sealed class Re2SyntaxException(string message) : Exception(message);
