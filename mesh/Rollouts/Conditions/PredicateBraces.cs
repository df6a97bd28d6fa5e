using Antlr4.Runtime;
using Cel.Internal;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// Braces around a predicate, as in <c>all(result, {# &gt; 1})</c>, become parentheses. Braces elsewhere are maps, and stay. A token is
/// changed after those before it.
/// </summary>
internal sealed class PredicateBraces
{
    private readonly Stack<(bool IsPredicateCall, bool IsPredicate)> _open = new();

    /// <summary>Changes a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="before">The one before it; null for the first.</param>
    public void Translate(CommonToken token, IToken? before)
    {
        switch (token.Type)
        {
            case CelLexer.LPAREN:
                _open.Push((before is { Type: CelLexer.IDENTIFIER } && Predicates.Contains(before.Text), false));
                break;
            case CelLexer.LBRACKET:
                _open.Push(default);
                break;
            case CelLexer.LBRACE:
                var isPredicate = before is { Type: CelLexer.COMMA } && _open.TryPeek(out var call) && call.IsPredicateCall;
                _open.Push((false, isPredicate));
                token.Type = isPredicate ? CelLexer.LPAREN : token.Type;
                break;
            case CelLexer.RBRACE:
                token.Type = _open.TryPop(out var brace) && brace.IsPredicate ? CelLexer.RPAREN : token.Type;
                break;
            case CelLexer.RPAREN or CelLexer.RPRACKET:
                _open.TryPop(out _);
                break;
        }
    }
}
