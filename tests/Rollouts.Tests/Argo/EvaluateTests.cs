using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Conditions;

namespace Bookinfo.Tests.Rollouts.Argo;

/// <summary>Cases of argo-rollouts <c>utils/evaluate/evaluate_test.go</c>, each with the name of its function there.</summary>
public sealed class EvaluateTests
{
    private static readonly double[] TwoTwos = [2, 2];

    [Theory]
    [InlineData("TestEvaluateResultWithSuccess", "true", "false", AnalysisPhase.Successful)]
    [InlineData("TestEvaluateResultWithFailure", "true", "true", AnalysisPhase.Failed)]
    [InlineData("TestEvaluateResultInconclusive", "false", "false", AnalysisPhase.Inconclusive)]
    [InlineData("TestEvaluateResultNoSuccessConditionAndNotFailing", "", "false", AnalysisPhase.Successful)]
    [InlineData("TestEvaluateResultNoFailureConditionAndNotSuccessful", "false", "", AnalysisPhase.Failed)]
    [InlineData("TestEvaluateResultNoFailureConditionAndNoSuccessCondition", "", "", AnalysisPhase.Successful)]
    public void Of_BothConditions_Phase(string test, string success, string failure, AnalysisPhase expected)
    {
        Assert.StartsWith("Test", test, StringComparison.Ordinal);
        Assert.Equal((expected, null), Evaluation.Of(true, Parsed(success), Parsed(failure)));
    }

    // The unknown name is found when the condition is read, before any measurement: a file with it does not start.
    [Theory]
    [InlineData("TestEvaluateResultWithErrorOnSuccessCondition", "a == true")]
    [InlineData("TestEvaluateResultWithErrorOnFailureCondition", "a == true")]
    [InlineData("TestEvaluateResultErrorMessageWithInvalidExpression", "a == true")]
    [InlineData("TestEvaluateResultErrorMessageOnFailureCondition", "invalidVar == true")]
    [InlineData("TestErrorWithInvalidReference", "invalidVariable")]
    [InlineData("TestEvaluateInvalidStruct", "result.Name() == 'hi'")]
    public void Parse_WhatArgoFindsAtTheMeasurement_IsFoundBefore(string test, string condition)
    {
        Assert.StartsWith("Test", test, StringComparison.Ordinal);
        Assert.Throws<ConditionException>(() => Condition.Parse(condition));
    }

    public static TheoryData<string, object, string, bool> Conditions => new()
    {
        { "TestEvaluateConditionWithSuccess", true, "result == true", true },
        { "TestEvaluateConditionWithFailure", true, "result == false", false },
        { "TestEvaluateInOperator", TwoTwos, "2 in result", true },
        { "TestEvaluateFloat64", 5.0, "result > 1", true },
        { "TestEvaluateAsInt", "1", "asInt(result) == 1", true },
        { "TestEvaluateAsInt", 1L, "asInt(result) == 1", true },
        { "TestEvaluateAsInt", 1.123, "asInt(result) == 1", true },
        { "TestEvaluateAsFloat", "1.1", "asFloat(result) == 1.1", true },
        { "TestEvaluateAsFloat", "1.1", "asFloat(result) >= 1.1", true },
        { "TestEvaluateAsFloat", "1.1", "asFloat(result) <= 1.1", true },
        { "TestEvaluateAsFloat", 1.1, "asFloat(result) == 1.1", true },
        { "TestEvaluateAsFloat", 1L, "asFloat(result) == 1", true },
        { "TestEvaluateAsFloat", 1L, "asFloat(result) >= 1", true },
        { "TestIsInf", double.PositiveInfinity, "isInf(result)", true },
        { "TestIsInf", 0.0, "isInf(result)", false },
        { "TestIsNilFunc", 1L, "isNil(result)", false },
        { "TestIsNilFunc", false, "isNil(result)", false },
        { "TestDefaultFunc", 1.0, "default(result, 2) == 1", true },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Holds_AsInArgo(string test, object result, string condition, bool expected)
    {
        Assert.StartsWith("Test", test, StringComparison.Ordinal);
        Assert.Equal(expected, Condition.Parse(condition).Holds(result));
    }

    [Fact]
    public void TestEvaluateArray()
    {
        var values = new Dictionary<string, object?> { ["values"] = new object?[] { 2.0, 2.0 } };
        var apdex = new Dictionary<string, object?> { ["label"] = null, ["values"] = values };
        var result = new Dictionary<string, object?> { ["service_apdex"] = apdex };

        Assert.True(Condition.Parse("all(result.service_apdex.values.values, {# > 1})").Holds(result));
    }

    [Fact]
    public void TestDefaultFunc_NothingMeasured_TheDefault() => Assert.True(Condition.Parse("default(result, 2) == 2").Holds(null));

    [Fact]
    public void TestIsNilFunc_NothingMeasured_Nil() => Assert.True(Condition.Parse("isNil(result)").Holds(null));

    public static TheoryData<string, object, string, string> Errors => new()
    {
        { "TestErrorWithNonBoolReturn", true, "1", "expected bool, but got int" },
        { "TestEvaluateAsIntPanic", "1.1", "asInt(result) == 1.1", "strconv.ParseInt" },
        { "TestEvaluateAsFloatError", "NotANum", "asFloat(result) == 1.1", "strconv.ParseFloat: parsing \"NotANum\": invalid syntax" },
        {
            "TestEvaluateAsFloatError", "1.1", "asFloat(result) == \"1.1\"",
            "invalid operation: == (mismatched types float64 and string)"
        },
        { "TestAsInt", "notint", "asInt(result) == 1", "strconv.ParseInt" },
        { "TestAsFloat", "notfloat", "asFloat(result) == 1", "strconv.ParseFloat" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Holds_CannotBeTold_SaysWhatArgoSays(string test, object result, string condition, string message)
    {
        Assert.StartsWith("Test", test, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ConditionException>(() => Condition.Parse(condition).Holds(result)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TestEvaluateResultErrorMessageWithNilResult", true)]
    [InlineData("TestEvaluateResultErrorMessageWithEmptySlice", false)]
    public void Of_NothingMeasured_ErrorThatSaysSo(string test, bool isNil)
    {
        Assert.StartsWith("Test", test, StringComparison.Ordinal);
        var (phase, message) = Evaluation.Of(isNil ? null : Array.Empty<double>(), Parsed("result[0] >= 0.95"), null);
        Assert.Equal(AnalysisPhase.Error, phase);
        Assert.Contains("metric result is nil or empty", message, StringComparison.Ordinal);
        Assert.Contains("successCondition", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TestIsNilOrEmpty()
    {
        Assert.True(Evaluation.IsEmpty(null));
        Assert.True(Evaluation.IsEmpty(Array.Empty<double>()));
        Assert.False(Evaluation.IsEmpty(TwoTwos));
        Assert.False(Evaluation.IsEmpty(42L));
        Assert.False(Evaluation.IsEmpty("hello"));
    }

    private static Condition? Parsed(string condition) => condition.Length == 0 ? null : Condition.Parse(condition);
}
