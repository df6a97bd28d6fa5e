using Bookinfo.Mesh.Rollouts.Conditions;

namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>What a metric's conditions say of a result (argo-rollouts <c>utils/evaluate/evaluate.go: EvaluateResult</c>).</summary>
public static class Evaluation
{
    /// <summary>The phase of the measurement, and for an error the message.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="success">The success condition, or null.</param>
    /// <param name="failure">The failure condition, or null.</param>
    public static (AnalysisPhase Phase, string? Message) Of(object? result, Condition? success, Condition? failure)
    {
        bool succeeds, fails;
        try
        {
            succeeds = Holds(success, "successCondition", result);
            fails = Holds(failure, "failureCondition", result);
        }
        catch (ConditionException e)
        {
            return (AnalysisPhase.Error, e.Message);
        }

        return (success, failure) switch
        {
            (null, null) => (AnalysisPhase.Successful, null),
            (not null, null) => (succeeds ? AnalysisPhase.Successful : AnalysisPhase.Failed, null),
            (null, not null) => (fails ? AnalysisPhase.Failed : AnalysisPhase.Successful, null),
            _ => (fails ? AnalysisPhase.Failed : succeeds ? AnalysisPhase.Successful : AnalysisPhase.Inconclusive, null),
        };
    }

    /// <summary>Whether a result holds nothing (<c>isNilOrEmpty</c>).</summary>
    public static bool IsEmpty(object? result) =>
        result is null or IReadOnlyList<double> { Count: 0 } or IReadOnlyList<object?> { Count: 0 };

    private static bool Holds(Condition? condition, string name, object? result)
    {
        try
        {
            return condition?.Holds(result) ?? false;
        }
        catch (ConditionException e)
        {
            throw new ConditionException(IsEmpty(result)
                ? $"could not evaluate {name} \"{condition}\": metric result is nil or empty: no data returned from the metric provider"
                : $"could not evaluate {name} \"{condition}\": {e.Message}");
        }
    }
}
