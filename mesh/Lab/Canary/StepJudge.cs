namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>What a step's numbers allow.</summary>
public enum Verdict
{
    /// <summary>Nothing speaks against the new release: on to the next step.</summary>
    Continue,

    /// <summary>The new release fails more often than it may.</summary>
    TooManyErrors,

    /// <summary>The traffic was not split as the rule asks, so what was seen says nothing of the release.</summary>
    WrongShare,
}

/// <summary>
/// Judges a step, once, when all of its requests are answered. A release is rolled back when its errors are more than luck explains: when a
/// release that fails exactly as often as it may would show that many errors with a chance of less than 5 %, divided by the number of steps
/// so that the whole canary, not each step, is wrong at most once in twenty (Bonferroni). The test is the exact binomial one, so it holds
/// for the ten requests of a small first step: one error among them is luck, five are not. Looking after every request and stopping at the
/// first bad moment would be wrong far more often; that is why the verdict waits for the end of the step.
/// </summary>
/// <param name="plan">What was asked for.</param>
internal sealed class StepJudge(CanaryPlan plan)
{
    private const double Doubt = 0.05;

    /// <summary>A mesh that splits as told shows a share this unlikely once in a million canaries.</summary>
    private const double ShareDoubt = 1e-6;

    /// <summary>Judges a step that has ended.</summary>
    /// <param name="step">What it saw.</param>
    public Verdict Judge(StepResult step)
    {
        if (Binomial.AtLeast(step.NewErrors, step.NewRequests, plan.MaxErrorRate) < Doubt / plan.Steps.Count)
        {
            return Verdict.TooManyErrors;
        }

        var asked = step.Percent / 100.0;
        var luck = Math.Min(
            Binomial.AtLeast(step.NewRequests, step.Requests, asked),
            Binomial.AtLeast(step.Requests - step.NewRequests, step.Requests, 1 - asked));
        return luck < ShareDoubt ? Verdict.WrongShare : Verdict.Continue;
    }
}
