using Bookinfo.Mesh.Rollouts.Conditions;

namespace Bookinfo.Tests.Rollouts.Conditions;

public sealed class ConditionTests
{
    private static readonly double[] Measured = [0.97];

    [Theory]
    [InlineData("len(result) == 0 || isNaN(result[0]) || result[0] >= 0.95", true)]
    [InlineData("result[0] >= 0.95 and not isNaN(result[0])", true)]
    [InlineData("result[0] < 0.95 or result[-1] == 0.97", true)]
    [InlineData("!(result[0] == nil)", true)]
    [InlineData("(result[0] > 0.9 ? 1 : 2) == 1", true)]
    [InlineData("result[0] in [0.97, 1]", true)]
    [InlineData("7 / 2 == 3.5 && 7 % 4 == 3 && 1 + 2 * 3 == 7", true)]
    [InlineData("result[0] - 1 < -0.5", false)]
    [InlineData("round(result[0] * 100) == 97 && len('abc') == 3", true)]
    public void Holds_OfAVector_AsInExprLang(string condition, bool expected) =>
        Assert.Equal(expected, Condition.Parse(condition).Holds(Measured));

    // expr-lang docs/language-definition.md, and argo-rollouts docs/features/analysis.md for the predicates.
    [Theory]
    [InlineData("all(result, {# > 1})", true)]
    [InlineData("all(result, # > 1)", true)]
    [InlineData("any(result, # > 3) and none(result, # > 4)", true)]
    [InlineData("one(result, # == 2) && count(result, # > 2) == 2 && sum(result) == 9", true)]
    [InlineData("len(filter(result, # > 2)) == 2 && map(result, # * 2)[0] == 4", true)]
    [InlineData("find(result, # > 2) == 3 && findIndex(result, # > 2) == 1 && find(result, # > 9) == nil", true)]
    [InlineData("reduce(result, #acc + #, 1) == 10 && reduce(result, #acc * #) == 24", true)]
    [InlineData("all(result, #index == 0 || # > result[#index - 1])", true)]
    [InlineData("max(result) == 4 && min(result, 1) == 1 && mean(result) == 3 && median(result) == 3", true)]
    [InlineData("first(result) == 2 && last(result) == 4 && first([]) == nil", true)]
    [InlineData("sum(result, # - 2) == 3 && count([true, false]) == 1", true)]
    [InlineData("any(result, {# == 3}) ? true : false", true)]
    [InlineData("all(1..3, {# in [1, 2, 3]}) && len(1..3) == 3 && len(3..1) == 0", true)]
    [InlineData("5 in 1..2 + 3", true)]
    [InlineData("any(result, # > 3", null)]
    public void Holds_PredicatesAndLists_AsInExprLang(string condition, bool? expected)
    {
        double[] vector = [2, 3, 4];
        if (expected is null)
        {
            Assert.Throws<ConditionException>(() => Condition.Parse(condition));
            return;
        }

        Assert.Equal(expected, Condition.Parse(condition).Holds(vector));
    }

    [Theory]
    [InlineData("all(result.slos, {all(.states, {.state != 'breached'})})", false)]
    [InlineData("any(result.slos, {any(.states, {.state == 'breached'})})", true)]
    [InlineData("any(result.slos, .name == 'fast' and .states[0].state != 'breached')", true)]
    [InlineData("result.missing?.deeper.still == nil && result?.slos[0].name == 'fast'", true)]
    [InlineData("(result.missing ?? 3) + 1 == 4", true)]
    [InlineData("result.missing ?? 3 > 2", true)]
    [InlineData("2 * result.missing ?? 3 == 6", true)]
    [InlineData("result.missing?.[0] == nil", true)]
    [InlineData("result.text contains 'ell' && not (result.text matches '^w') && result.text not contains 'x'", true)]
    [InlineData("result.text startsWith 'he' && result.text endsWith \"o\" && hasPrefix(result.text, 'h')", true)]
    [InlineData("result.text not in ['a', 'b'] and upper(result.text) == 'HELLO' and len(trim(' a ')) == 1", true)]
    [InlineData("result.text == 'h\\u0065llo' && '# ?? ..' != result.text", true)]
    [InlineData("{a: 1, 'b': 2}['b'] == 2 && 'text' in result", true)]
    [InlineData("2 ** 3 ** 2 == 512 && 2 ^ 2 * 3 == 12 && -(2 ** 2) == -4", true)]
    public void Holds_MapsAndTexts_AsInExprLang(string condition, bool expected)
    {
        static Dictionary<string, object?> Map(params (string Key, object? Value)[] fields) =>
            fields.ToDictionary(field => field.Key, field => field.Value);
        var result = Map(
            ("text", "hello"),
            ("slos", new object?[]
            {
                Map(("name", "fast"), ("states", new object?[] { Map(("state", "healthy")) })),
                Map(("name", "right"), ("states", new object?[] { Map(("state", "healthy")), Map(("state", "breached")) })),
            }));

        Assert.Equal(expected, Condition.Parse(condition).Holds(result));
    }

    [Theory]
    [InlineData("result | len()", "pipes")]
    [InlineData("let x = 1; x > 0", "\"let\"")]
    [InlineData("`a` == result", "raw texts")]
    [InlineData("# > 1", "# stands outside of a predicate")]
    [InlineData(".a > 1", ".a stands outside of a predicate")]
    [InlineData("-result[0] ?? 1 > 0", "a sign stands before ??")]
    [InlineData("all(result)", "all takes 2 arguments, 1 given")]
    [InlineData("groupBy(result, #) == 1", "the function groupBy is not understood here")]
    [InlineData("'\\a' == result", "\\a in the text")]
    [InlineData("percentile(result) > 1", "the function percentile is not understood here")]
    [InlineData("rsult > 1", "unknown name rsult")]
    [InlineData("result >", "ends too early")]
    [InlineData("result.sum() > 1", "has no method sum")]
    [InlineData("asInt(1, 2) == 1", "takes 1 argument, 2 given")]
    public void Parse_WhatIsNotUnderstood_RefusedByName(string condition, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConditionException>(() => Condition.Parse(condition)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("all(result, #)", "predicate of all should return boolean (got float64)")]
    [InlineData("all(5, # > 1)", "builtin all takes only array (got int)")]
    [InlineData("'a' matches '('", "error parsing regexp (")]
    [InlineData("len(1..2000000) > 1", "memory budget exceeded")]
    [InlineData("any(1..1000000, {any(1..1000000, # < 0)})", "predicates look at more than")]
    [InlineData("max([]) > 1", "not enough arguments to call max")]
    [InlineData("sum(['a']) > 1", "invalid argument for sum (type string)")]
    public void Holds_CannotBeTold_SaysWhy(string condition, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConditionException>(() => Condition.Parse(condition).Holds(Measured)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Parse_NestedWithoutEnd_RefusedBeforeTheStackEnds() =>
        Assert.Contains("nested", Assert.Throws<ConditionException>(() => Condition.Parse(new string('(', 3000))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Holds_WholeNumbersAtTheirEnd_DoNotEndTheProcess() =>
        Assert.False(Condition.Parse("-9223372036854775807 - 1 % -1 == 5 || abs(-9223372036854775807 - 1) == 2").Holds(null));
}
