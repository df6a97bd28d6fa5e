using System.Globalization;
using System.Text;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>Texts as they are written in a condition (expr-lang <c>parser/lexer/lexer.go</c>).</summary>
internal static class ConditionLiterals
{
    private static readonly Dictionary<char, char> Escapes = new()
    {
        ['n'] = '\n',
        ['t'] = '\t',
        ['r'] = '\r',
        ['\\'] = '\\',
        ['"'] = '"',
        ['\''] = '\'',
    };

    /// <summary>The text of a literal.</summary>
    /// <param name="literal">With its quotes.</param>
    /// <exception cref="ConditionException">It is written in a way that is not understood here.</exception>
    public static string Text(string literal)
    {
        if (literal[0] is not ('"' or '\'') || literal.StartsWith("\"\"\"", StringComparison.Ordinal)
            || literal.StartsWith("'''", StringComparison.Ordinal))
        {
            throw new ConditionException($"the text {literal} is not understood here", "write it in plain quotes");
        }

        var text = new StringBuilder(literal.Length);
        for (var at = 1; at < literal.Length - 1; at++)
        {
            if (literal[at] != '\\')
            {
                text.Append(literal[at]);
            }
            else if (Escapes.TryGetValue(literal[++at], out var sign))
            {
                text.Append(sign);
            }
            else if (literal[at] == 'u' && ushort.TryParse(literal.AsSpan(at + 1, Math.Min(4, literal.Length - at - 1)),
                NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                at += 4;
            }
            else
            {
                throw new ConditionException($"\\{literal[at]} in the text {literal} is not understood here",
                    "write the sign itself, or \\u and four digits");
            }
        }

        return text.ToString();
    }
}
