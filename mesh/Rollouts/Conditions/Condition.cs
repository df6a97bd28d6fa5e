namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// A success or failure condition of a metric, in the part of expr-lang (<see href="https://expr-lang.org/docs/language-definition"/>)
/// that AnalysisTemplates use: comparisons, arithmetic, <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and their words, <c>in</c>,
/// <c>contains</c> and the like, <c>?:</c>, <c>??</c>, <c>?.</c>, ranges, indices, fields, lists, maps, the functions of
/// <see cref="Functions"/>, and those with predicates (<see cref="Predicates"/>). What the rest of expr-lang has is refused by its name.
/// Source of the functions: argo-rollouts <c>utils/evaluate/evaluate.go: EvalCondition</c>.
/// </summary>
public sealed class Condition
{
    private readonly Func<ConditionScope, object?> _evaluate;

    private Condition(string text, Func<ConditionScope, object?> evaluate) => (Text, _evaluate) = (text, evaluate);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <exception cref="ConditionException">It is not an expression, or uses what is not understood here.</exception>
    public static Condition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Condition(text, ConditionCompiler.Compile(ConditionSyntax.Parse(text)));
    }

    /// <summary>Whether it holds.</summary>
    /// <param name="result">
    /// What a query came to: a <see cref="double"/>, a list of them, a text, a <see cref="bool"/>, a map or null.
    /// </param>
    /// <exception cref="ConditionException">It cannot be told for this result.</exception>
    public bool Holds(object? result) => _evaluate(new ConditionScope(result)) switch
    {
        bool holds => holds,
        var other => throw new ConditionException($"expected bool, but got {ConditionValues.TypeOf(other)}"),
    };

    /// <inheritdoc/>
    public override string ToString() => Text;
}
