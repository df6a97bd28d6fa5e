using System.Globalization;
using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>A line as each step begins and ends, for a log or a pipe.</summary>
/// <param name="plan">What is watched.</param>
/// <param name="output">Where the lines are written.</param>
internal sealed class LineProgress(CanaryPlan plan, TextWriter output) : ICanaryProgress
{
    public void StartStep(int percent, bool broken) =>
        output.WriteLine($"{percent} % to {plan.To}: {plan.Requests} requests{(broken ? $", {plan.To} is broken now" : "")}");

    public void CountAnswer()
    {
        // A log shows steps, not requests.
    }

    public void EndStep(StepResult step, Verdict verdict) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {step.NewRequests} came to {plan.To}, {step.NewErrors} of them failed: "
        + $"{CanaryTable.FormatVerdict(step, verdict).RemoveMarkup()}"));
}
