namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// Operators of one chain without parentheses, grouped by expr-lang's precedences (expr-lang <c>parser/operator/operator.go</c>). CEL's
/// grammar groups <c>??</c>, <c>**</c> and <c>..</c> as other operators, because it has none of them.
/// </summary>
internal static class OperatorChain
{
    /// <summary>The value of a chain.</summary>
    /// <param name="operands">The operands.</param>
    /// <param name="operators">The operators between them: one less.</param>
    public static Func<ConditionScope, object?> Fold(
        IReadOnlyList<Func<ConditionScope, object?>> operands, IReadOnlyList<string> operators)
    {
        var at = 0;
        return Climb(0);

        Func<ConditionScope, object?> Climb(int lowest)
        {
            var left = operands[at];
            while (at < operators.Count && Precedence(operators[at]) is var precedence && precedence >= lowest)
            {
                var op = operators[at++];
                left = Join(op, left, Climb(IsRightToLeft(op) ? precedence : precedence + 1));
            }

            return left;
        }
    }

    /// <summary>Whether a sign before an operand belongs to the whole of what the operator makes: <c>-2 ** 2</c> is -4.</summary>
    public static bool BindsTighterThanSigns(string op) => op is "??" or "**" or "^";

    private static Func<ConditionScope, object?> Join(
        string op, Func<ConditionScope, object?> left, Func<ConditionScope, object?> right) => op == "??"
            ? scope => left(scope) ?? right(scope)
            : scope => ConditionValues.Binary(op, left(scope), right(scope));

    private static bool IsRightToLeft(string op) => op is "**" or "^";

    private static int Precedence(string op) => op switch
    {
        ".." => 25,
        "+" or "-" => 30,
        "*" or "/" or "%" => 60,
        "**" or "^" => 100,
        _ => 500,
    };
}
