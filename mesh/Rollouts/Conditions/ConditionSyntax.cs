using Antlr4.Runtime;
using Cel.Internal;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// Reads the text of a condition with the grammar of CEL, which has the operators, indices and calls of expr-lang alike. The words that
/// expr-lang has beside them (<c>and</c>, <c>or</c>, <c>not</c>, <c>nil</c>) are read as what they stand for.
/// </summary>
internal static class ConditionSyntax
{
    /// <summary>Deeper than any condition; the parser calls itself for each level.</summary>
    private const int DeepestNesting = 100;

    private const int Longest = 4096;

    /// <summary>What expr-lang has and CEL's grammar has not, with what it is called.</summary>
    private static readonly (string Sign, string Name)[] Refused =
    [
        ("#", "predicates such as {# > 1}"), ("{", "predicates and maps"), ("??", "the operator ??"), ("?.", "optional chaining"),
        ("**", "the operator **"), ("^", "the operator ^"), ("..", "ranges"), ("|", "pipes"), ("`", "raw texts"),
    ];

    private static readonly string[] RefusedWords = ["matches", "contains", "startsWith", "endsWith", "let"];

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

        var errors = new ErrorListener(text);
        var lexer = new CelLexer(new AntlrInputStream(text));
        lexer.RemoveErrorListeners();
        lexer.AddErrorListener(errors);
        var tokens = Translate(lexer.GetAllTokens());
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

    private static List<IToken> Translate(IList<IToken> tokens)
    {
        var translated = new List<IToken>(tokens.Count);
        for (var at = 0; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (token.Channel != TokenConstants.DefaultChannel)
            {
                continue;
            }

            var follower = tokens.Skip(at + 1).FirstOrDefault(next => next.Channel == TokenConstants.DefaultChannel);
            if (token.Text == "not" && follower?.Type == CelLexer.IN)
            {
                throw Unsupported("the operator \"not in\"", token.Column, "write !(x in list)");
            }

            if (token.Type == CelLexer.IDENTIFIER)
            {
                Recognize(token);
                ((IWritableToken)token).Type = token.Text switch
                {
                    "and" => CelLexer.LOGICAL_AND,
                    "or" => CelLexer.LOGICAL_OR,
                    "not" => CelLexer.EXCLAM,
                    "nil" => CelLexer.NUL,
                    _ => token.Type,
                };
            }

            translated.Add(token);
        }

        return translated;
    }

    private static void Recognize(IToken token)
    {
        if (RefusedWords.Contains(token.Text))
        {
            throw Unsupported($"\"{token.Text}\"", token.Column);
        }
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
                // Of a sign of two characters the first may be one that is understood.
                var start = Math.Max(0, column - sign.Length + 1);
                if (rest.StartsWith(sign, StringComparison.Ordinal) || written.AsSpan(Math.Min(start, written.Length)).StartsWith(sign))
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
