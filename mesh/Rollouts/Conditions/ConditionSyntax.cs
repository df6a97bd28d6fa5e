using Antlr4.Runtime;
using Cel.Internal;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// Reads the text of a condition with the grammar of CEL, which has the operators, indices and calls of expr-lang alike. What
/// expr-lang has beside them is read as what stands in the same place there: <c>and</c>, <c>or</c>, <c>not</c>, <c>nil</c>, operators
/// (<see cref="ConditionText"/>), and the braces of predicates as parentheses (<see cref="PredicateBraces"/>).
/// </summary>
internal static class ConditionSyntax
{
    /// <summary>Deeper than any condition; the parser calls itself for each level.</summary>
    private const int DeepestNesting = 100;

    private const int Longest = 4096;

    /// <summary>What expr-lang has and is not understood here, with what it is called.</summary>
    private static readonly (string Sign, string Name)[] Refused =
        [("|", "pipes"), ("`", "raw texts"), (";", "sequences"), ("$", "$env")];

    private static readonly string[] Texts = ["contains", "startsWith", "endsWith", "matches"];

    /// <summary>The tree of the whole text.</summary>
    /// <exception cref="ConditionException">It is not an expression, or has what is not understood here.</exception>
    public static CelParser.ExprContext Parse(string text)
    {
        if (text.Length > Longest)
        {
            throw new ConditionException($"the condition is longer than {Longest} characters");
        }

        if (DepthOf(text) > DeepestNesting)
        {
            throw new ConditionException($"the condition is nested more than {DeepestNesting} deep");
        }

        if (text.TrimStart().StartsWith("let ", StringComparison.Ordinal))
        {
            throw Unsupported("\"let\"", text.IndexOf("let ", StringComparison.Ordinal));
        }

        var errors = new ErrorListener(text);
        var written = new ConditionText(text);
        var lexer = new CelLexer(new AntlrInputStream(written.InCel));
        lexer.RemoveErrorListeners();
        lexer.AddErrorListener(errors);
        var tokens = Translate(written, lexer.GetAllTokens());
        var parser = new CelParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.RemoveErrorListeners();
        parser.AddErrorListener(errors);
        return parser.start().e;
    }

    /// <summary>How deep brackets, and signs that the grammar repeats, are nested.</summary>
    private static int DepthOf(string text)
    {
        var (depth, deepest) = (0, 0);
        foreach (var sign in text)
        {
            depth += sign is '(' or '[' or '{' or '?' ? 1 : sign is ')' or ']' or '}' ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    private static List<IToken> Translate(ConditionText text, IEnumerable<IToken> all)
    {
        var tokens = all.Where(token => token.Channel == TokenConstants.DefaultChannel).Cast<CommonToken>().ToList();
        var braces = new PredicateBraces();
        List<IToken> translated = new(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            var (token, before) = (tokens[at], at > 0 ? tokens[at - 1] : null);
            if (text.SignAt(token.StartIndex) is { } sign)
            {
                token.Text = sign == "#" ? $"#{token.Text[1..]}" : sign;
            }
            else if (token.Type == CelLexer.IDENTIFIER && before?.Type != CelLexer.DOT)
            {
                Name(token);
            }

            if (before is { Type: CelLexer.EXCLAM, Text: "not" } && token.Type is CelLexer.IN or CelLexer.EQUALS
                && (token.Text == "in" || Texts.Contains(token.Text)))
            {
                // "a not in b" is one operator; "not a in b" has a name between the words.
                translated.RemoveAt(translated.Count - 1);
                (token.Text, token.Type) = (ConditionValues.Negation + token.Text, CelLexer.EQUALS);
            }

            braces.Translate(token, before);
            translated.Add(token);
        }

        return translated;
    }

    /// <summary>The words among the operators.</summary>
    private static void Name(CommonToken token)
    {
        token.Type = token.Text switch
        {
            "and" => CelLexer.LOGICAL_AND,
            "or" => CelLexer.LOGICAL_OR,
            "not" => CelLexer.EXCLAM,
            "nil" => CelLexer.NUL,
            var word when Texts.Contains(word) => CelLexer.EQUALS,
            _ => token.Type,
        };
    }

    private static ConditionException Unsupported(string what, int column, string? suggestion = null) =>
        new($"{what} at column {column + 1} is part of expr-lang that is not understood here", suggestion);

    private sealed class ErrorListener(string text) : IAntlrErrorListener<int>, IAntlrErrorListener<IToken>
    {
        public void SyntaxError(TextWriter output, IRecognizer recognizer, int offendingSymbol, int line, int charPositionInLine,
            string msg,
            RecognitionException e) => throw Describe(line, charPositionInLine);

        public void SyntaxError(TextWriter output, IRecognizer recognizer, IToken offendingSymbol, int line, int charPositionInLine,
            string msg, RecognitionException e) => throw Describe(line, charPositionInLine);

        private ConditionException Describe(int line, int column)
        {
            var written = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
            var rest = column < written.Length ? written[column..] : "";
            foreach (var (sign, name) in Refused)
            {
                if (rest.StartsWith(sign, StringComparison.Ordinal))
                {
                    return Unsupported(name, column);
                }
            }

            return new ConditionException(rest.Length == 0
                ? "the condition ends too early"
                : $"the condition cannot be read at column {column + 1}, \"{(rest.Length > 20 ? rest[..20] : rest)}\"");
        }
    }
}
