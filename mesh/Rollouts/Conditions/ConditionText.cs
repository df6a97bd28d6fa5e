namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// A condition's text with those signs of expr-lang that CEL's lexer does not know written as others of the same length, so that columns
/// stay. An operator becomes one that CEL's grammar groups alike; what it was is noted, and <see cref="OperatorChain"/> gives it its own
/// precedence.
/// </summary>
internal sealed class ConditionText
{
    private static readonly (string Sign, string InCel)[] Replaced =
        [("??", "* "), ("**", "* "), ("^", "*"), ("..", "+ "), ("#", "_")];

    private readonly Dictionary<int, string> _signs = [];

    /// <summary>Replaces the signs outside of quotes.</summary>
    /// <param name="text">The condition.</param>
    public ConditionText(string text)
    {
        var written = text.ToCharArray();
        char? quote = null;
        for (var at = 0; at < written.Length; at++)
        {
            if (quote is not null)
            {
                at += written[at] == '\\' ? 1 : 0;
                quote = at < written.Length && written[at] == quote ? null : quote;
            }
            else if (written[at] is '"' or '\'' or '`')
            {
                quote = written[at];
            }
            else if (IsOptionalChain(text, at))
            {
                // CEL has .? and [? for what is ?. and ?.[ here.
                (text[at + 2] == '[' ? "[? " : ".?").CopyTo(written.AsSpan(at));
                at++;
            }
            else if (Replaced.FirstOrDefault(one => text.AsSpan(at).StartsWith(one.Sign)) is { Sign: { } sign, InCel: { } other })
            {
                _signs[at] = sign;
                other.CopyTo(written.AsSpan(at));
                at += sign.Length - 1;
            }
        }

        InCel = new string(written);
    }

    /// <summary>The text for CEL's lexer.</summary>
    public string InCel { get; }

    /// <summary>The sign that stood at a place, from 0; null where nothing was replaced.</summary>
    public string? SignAt(int place) => _signs.GetValueOrDefault(place);

    private static bool IsOptionalChain(string text, int at) => at + 2 < text.Length && text[at] == '?' && text[at + 1] == '.'
        && (text[at + 2] is '[' or '_' || char.IsAsciiLetter(text[at + 2]));
}
