using System.Globalization;

namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>
/// Compiles an RE2 expression (https://github.com/google/re2/wiki/Syntax) that the reading of rules has found to be one. What no finite
/// automaton over ASCII tells is undecidable: word boundaries, Unicode's classes, single characters beyond ASCII.
/// </summary>
internal sealed class RegexCompiler(Nfa nfa, string expression)
{
    private const int Endless = -1;
    private int _at;
    private bool _ignoresCase;
    private bool _dotTakesNewline;

    /// <summary>Adds states for the expression behind <paramref name="start"/>; gives the state at its end.</summary>
    public int Compile(int start)
    {
        var end = Alternation(start);
        return _at == expression.Length ? end : throw Beyond("it does not end where its groups do");
    }

    private int Alternation(int start)
    {
        var end = nfa.Add();
        while (true)
        {
            var branch = nfa.Add();
            nfa.Join(start, branch);
            nfa.Join(Sequence(branch), end);
            if (_at == expression.Length || expression[_at] != '|')
            {
                return end;
            }

            _at++;
        }
    }

    private int Sequence(int at)
    {
        while (_at < expression.Length && expression[_at] is not ('|' or ')'))
        {
            at = Repeated(at);
        }

        return at;
    }

    /// <summary>An atom with its repetition. The atom's text is compiled anew for each time that it must or may be there.</summary>
    private int Repeated(int start)
    {
        var (from, flags) = (_at, (_ignoresCase, _dotTakesNewline));
        var first = nfa.Add();
        var end = Atom(first);
        var behind = _at;
        if (!Repetition(out var least, out var most))
        {
            nfa.Join(start, first);
            return end;
        }

        var next = _at;
        var at = start;
        for (var i = 0; i < Math.Max(least, most == Endless ? 1 : most); i++)
        {
            if (i > 0)
            {
                (_at, (_ignoresCase, _dotTakesNewline)) = (from, flags);
                first = nfa.Add();
                end = Atom(first);
            }

            nfa.Join(at, first);
            var after = nfa.Add();
            nfa.Join(end, after);
            if (i >= least)
            {
                nfa.Join(at, after);
            }

            if (most == Endless && i >= least - 1)
            {
                nfa.Join(after, first);
            }

            at = after;
        }

        _ = behind;
        _at = next;
        return at;
    }

    /// <summary><c>*</c>, <c>+</c>, <c>?</c> or counts in braces, lazy or not, which makes no difference to what matches.</summary>
    private bool Repetition(out int least, out int most)
    {
        (least, most) = (1, 1);
        if (_at == expression.Length)
        {
            return false;
        }

        switch (expression[_at])
        {
            case '*':
                (least, most) = (0, Endless);
                break;
            case '+':
                (least, most) = (1, Endless);
                break;
            case '?':
                (least, most) = (0, 1);
                break;
            case '{' when Counts(out least, out most, out var end):
                _at = end - 1;
                break;
            default:
                return false;
        }

        _at++;
        _at += _at < expression.Length && expression[_at] == '?' ? 1 : 0;
        return true;
    }

    private bool Counts(out int least, out int most, out int end)
    {
        (least, most) = (1, 1);
        end = expression.IndexOf('}', _at) + 1;
        var parts = end == 0 ? [] : expression[(_at + 1)..(end - 1)].Split(',');
        if (parts is not ([_] or [_, _]) || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out least))
        {
            return false;
        }

        most = parts is [_] ? least : Endless;
        return parts is [_] or [_, ""] || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out most);
    }

    private int Atom(int start)
    {
        var c = expression[_at];
        switch (c)
        {
            case '(':
                return Group(start);
            case '[':
                return nfa.Step(start, Case(RegexClasses.Bracket(expression, ref _at)));
            case '.':
                _at++;
                return nfa.Step(start, _dotTakesNewline ? CharSet.All : ~CharSet.Of('\n'));
            case '^':
                _at++;
                return Anchor(start, EdgeCondition.AtStart);
            case '$':
                _at++;
                return Anchor(start, EdgeCondition.AtEnd);
            case '\\':
                return Escape(start);
            default:
                _at++;
                return Character(start, c);
        }
    }

    private int Escape(int start)
    {
        switch (_at + 1 < expression.Length ? expression[_at + 1] : '\0')
        {
            case 'A':
                _at += 2;
                return Anchor(start, EdgeCondition.AtStart);
            case 'z':
                _at += 2;
                return Anchor(start, EdgeCondition.AtEnd);
            case 'b' or 'B':
                throw Beyond("it asks for a word boundary");
            case 'Q':
                var end = expression.IndexOf(@"\E", _at, StringComparison.Ordinal);
                var text = expression[(_at + 2)..(end < 0 ? expression.Length : end)];
                _at = end < 0 ? expression.Length : end + 2;
                return text.Aggregate(start, Character);
            default:
                return nfa.Step(start, Case(RegexClasses.Escape(expression, ref _at)));
        }
    }

    private int Group(int start)
    {
        var (outerCase, outerDot) = (_ignoresCase, _dotTakesNewline);
        _at++;
        if (_at < expression.Length && expression[_at] == '?' && !Opens())
        {
            // Flags alone hold for the rest of the group around them.
            return start;
        }

        var end = Alternation(start);
        if (_at == expression.Length)
        {
            throw Beyond("a group is not closed");
        }

        _at++;
        (_ignoresCase, _dotTakesNewline) = (outerCase, outerDot);
        return end;
    }

    /// <summary>Reads what stands behind <c>(?</c>; false where it was flags only.</summary>
    private bool Opens()
    {
        _at++;
        if (expression[_at] is 'P' or '<')
        {
            _at = expression.IndexOf('>', _at) + 1;
            return true;
        }

        var value = true;
        for (; _at < expression.Length && expression[_at] is not (':' or ')'); _at++)
        {
            switch (expression[_at])
            {
                case '-':
                    value = false;
                    break;
                case 'i':
                    _ignoresCase = value;
                    break;
                case 's':
                    _dotTakesNewline = value;
                    break;
            }
        }

        return expression[_at++] == ':';
    }

    /// <summary>No request has a newline, so that a line's ends are the text's, with the flag <c>m</c> too.</summary>
    private int Anchor(int start, EdgeCondition condition)
    {
        var end = nfa.Add();
        nfa.Join(start, end, condition);
        return end;
    }

    private int Character(int start, char c) => c < CharSet.Other
        ? nfa.Step(start, Case(CharSet.Of(c)))
        : throw Beyond("it has a character beyond ASCII");

    private UInt128 Case(UInt128 set) => _ignoresCase ? CharSet.WithoutCase(set) : set;

    private UndecidableException Beyond(string what) => new($"the expression \"{expression}\" cannot be compared: {what}");
}
