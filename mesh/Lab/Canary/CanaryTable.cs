using System.Globalization;
using Bookinfo.Mesh.TrafficConsole.Model;
using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>The table that a canary ends with; it fits on a terminal of 80 columns.</summary>
internal static class CanaryTable
{
    private const string Confidence = "95 % CI";

    /// <summary>Makes it.</summary>
    /// <param name="plan">What was asked for.</param>
    /// <param name="steps">Its steps, with their results.</param>
    public static Table Create(CanaryPlan plan, IReadOnlyList<JudgedStep> steps)
    {
        var table = new Table { Title = new TableTitle($"{plan.Service}: {plan.From} to {plan.To}"), Border = TableBorder.Horizontal };
        foreach (var name in new[] { "asked", "seen", Confidence, "errors", Confidence, "p50 ms", "p99 ms" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap().Padding(0, 1));
        }

        table.AddColumn(new TableColumn("verdict").NoWrap().Padding(0, 0));
        foreach (var (step, verdict) in steps)
        {
            table.AddRow(
                string.Create(CultureInfo.InvariantCulture, $"{step.Percent}%"),
                FormatShare(step.Share),
                FormatInterval(step.ShareInterval),
                string.Create(CultureInfo.InvariantCulture, $"{step.NewErrors} of {step.NewRequests}"),
                FormatInterval(step.ErrorInterval),
                FormatTime(step.P50),
                FormatTime(step.P99),
                FormatVerdict(step, verdict));
        }

        return table;
    }

    /// <summary>A step's verdict in a word or two, with Spectre's markup.</summary>
    /// <param name="step">The step.</param>
    /// <param name="verdict">What followed from it.</param>
    public static string FormatVerdict(StepResult step, Verdict verdict) => verdict switch
    {
        Verdict.Continue => step.Percent == 100 ? "[green]promoted[/]" : "[green]go on[/]",
        Verdict.TooManyErrors => "[red]too many errors[/]",
        _ => "[red]wrong share[/]",
    };

    private static string FormatShare(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    private static string FormatInterval(ConfidenceInterval interval) =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.Low * 100:0.0}-{interval.High * 100:0.0}");

    private static string FormatTime(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0}");
}
