using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>Adds patterns to an automaton.</summary>
internal static class PatternCompiler
{
    /// <summary>Adds what a rule asks of a text.</summary>
    /// <exception cref="UndecidableException">The pattern is beyond what automata can tell.</exception>
    public static void Add(Nfa nfa, TextPattern pattern)
    {
        switch (pattern.Kind)
        {
            case TextPatternKind.Exact:
                nfa.End(Literal(nfa, nfa.Begin(), pattern));
                break;
            case TextPatternKind.Prefix:
                var end = Literal(nfa, nfa.Begin(), pattern);
                nfa.Loop(end, CharSet.All);
                nfa.End(end);
                break;
            case TextPatternKind.Regex:
                AddExpression(nfa, pattern.Text);
                break;
            default:
                throw new UndecidableException($"texts of the kind {pattern.Kind} are not compared by automata");
        }
    }

    /// <summary>Adds an RE2 expression that the whole text must match.</summary>
    public static void AddExpression(Nfa nfa, string expression)
    {
        var start = nfa.Begin();
        nfa.End(new RegexCompiler(nfa, expression).Compile(start));
    }

    private static int Literal(Nfa nfa, int at, TextPattern pattern)
    {
        foreach (var c in pattern.Text)
        {
            if (c >= CharSet.Other)
            {
                throw new UndecidableException($"\"{pattern.Text}\" has a character beyond ASCII");
            }

            var set = CharSet.Of(c);
            at = nfa.Step(at, pattern.IgnoresCase ? CharSet.WithoutCase(set) : set);
        }

        return at;
    }
}
