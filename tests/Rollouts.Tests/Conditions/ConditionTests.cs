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

    [Theory]
    [InlineData("all(result, {# > 1})", "predicates such as {# > 1}")]
    [InlineData("result | len()", "pipes")]
    [InlineData("result ?? 1 > 0", "the operator ??")]
    [InlineData("2 ** 3 == 8", "the operator **")]
    [InlineData("result not in [1]", "\"not in\"")]
    [InlineData("result matches 'a'", "\"matches\"")]
    [InlineData("percentile(result) > 1", "the function percentile is not understood here")]
    [InlineData("rsult > 1", "unknown name rsult")]
    [InlineData("result >", "ends too early")]
    [InlineData("result.sum() > 1", "has no method sum")]
    [InlineData("asInt(1, 2) == 1", "takes 1 argument, 2 given")]
    public void Parse_WhatIsNotUnderstood_RefusedByName(string condition, string reason) =>
        Assert.Contains(reason, Assert.Throws<ConditionException>(() => Condition.Parse(condition)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_NestedWithoutEnd_RefusedBeforeTheStackEnds() =>
        Assert.Contains("nested", Assert.Throws<ConditionException>(() => Condition.Parse(new string('(', 3000))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Holds_WholeNumbersAtTheirEnd_DoNotEndTheProcess() =>
        Assert.False(Condition.Parse("-9223372036854775807 - 1 % -1 == 5 || abs(-9223372036854775807 - 1) == 2").Holds(null));
}
