using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>A bar for each step, on a terminal.</summary>
/// <param name="plan">What is watched.</param>
/// <param name="progress">Where the bars are.</param>
internal sealed class BarProgress(CanaryPlan plan, ProgressContext progress) : ICanaryProgress
{
    private ProgressTask? _bar;

    public void StartStep(int percent, bool broken)
    {
        var note = broken ? $" [red]({plan.To} is broken now)[/]" : "";
        _bar = progress.AddTask($"{percent,3} % to {plan.To}{note}", maxValue: plan.Requests);
    }

    public void CountAnswer() => _bar?.Increment(1);

    public void EndStep(StepResult step, Verdict verdict)
    {
        if (_bar is not null)
        {
            _bar.Description = $"{_bar.Description}: {CanaryTable.FormatVerdict(step, verdict)}";
            _bar.StopTask();
        }
    }
}
