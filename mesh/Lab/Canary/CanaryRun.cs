namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>A step and what followed from it.</summary>
/// <param name="Result">What it saw.</param>
/// <param name="Verdict">What followed.</param>
public sealed record JudgedStep(StepResult Result, Verdict Verdict);

/// <summary>
/// Shifts a service from one release to another: a step, its load, its verdict, and so on to the end or back to the start.
/// </summary>
/// <param name="plan">What to do.</param>
/// <param name="target">The system to do it on.</param>
/// <param name="progress">Shows it.</param>
/// <param name="time">The clock that paces the load.</param>
internal sealed class CanaryRun(CanaryPlan plan, ICanaryTarget target, ICanaryProgress progress, TimeProvider time)
{
    private const int AtOnce = 16;

    /// <summary>
    /// Runs the plan. Where a verdict is against the new release, the old one has all the traffic again when this returns.
    /// </summary>
    /// <param name="cancellation">Ends the run; the rule of the step that was on stays in force.</param>
    /// <returns>The steps that were made; the last one's verdict is the canary's.</returns>
    public async Task<IReadOnlyList<JudgedStep>> RunAsync(CancellationToken cancellation)
    {
        var load = new PacedLoad(plan.Requests, plan.Rate, AtOnce, time);
        var judge = new StepJudge(plan);
        var steps = new List<JudgedStep>();
        foreach (var percent in plan.Steps)
        {
            target.Shift(percent);
            var breaks = plan.BreakAt == percent;
            if (breaks)
            {
                await target.BreakAsync(cancellation);
            }

            progress.StartStep(percent, breaks);
            var answers = await load.RunAsync(SendAsync, cancellation);
            var result = StepResult.Count(percent, plan.From, answers);
            var verdict = judge.Judge(result);
            steps.Add(new JudgedStep(result, verdict));
            if (verdict != Verdict.Continue)
            {
                target.Shift(0);
            }

            progress.EndStep(result, verdict);
            if (verdict != Verdict.Continue)
            {
                break;
            }
        }

        return steps;
    }

    private async Task<Answer> SendAsync(CancellationToken cancellation)
    {
        var answer = await target.SendAsync(cancellation);
        progress.CountAnswer();
        return answer;
    }
}
