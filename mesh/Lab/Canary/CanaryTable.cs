using System.Globalization;
using Bookinfo.Mesh.TrafficConsole.Model;
using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>The table that a canary ends with.</summary>
internal static class CanaryTable
{
    /// <summary>Makes it.</summary>
    /// <param name="plan">What was asked for.</param>
    /// <param name="steps">What came of it.</param>
    public static Table Create(CanaryPlan plan, IReadOnlyList<JudgedStep> steps)
    {
        var table = new Table { Title = new TableTitle($"{plan.Service}: {plan.From} to {plan.To}"), Border = TableBorder.Rounded };
        table.AddColumn(Right("asked"));
        table.AddColumn(Right("seen"));
        table.AddColumn(Right("95 % interval"));
        table.AddColumn(Right("requests"));
        table.AddColumn(Right($"to {plan.To}"));
        table.AddColumn(Right("errors"));
        table.AddColumn(Right("95 % interval"));
        table.AddColumn(Right("p50"));
        table.AddColumn(Right("p99"));
        table.AddColumn(new TableColumn("verdict"));
        foreach (var (step, verdict) in steps)
        {
            table.AddRow(
                $"{step.Percent} %",
                Share(step.Share),
                Between(step.ShareInterval),
                Number(step.Requests),
                Number(step.NewRequests),
                Number(step.NewErrors),
                Between(step.ErrorInterval),
                Milliseconds(step.P50),
                Milliseconds(step.P99),
                Verdict(step, verdict));
        }

        return table;
    }

    /// <summary>A step's verdict in a word or two.</summary>
    /// <param name="step">The step.</param>
    /// <param name="verdict">What followed from it.</param>
    public static string Verdict(StepResult step, Verdict verdict) => verdict switch
    {
        Canary.Verdict.Continue => step.Percent == 100 ? "[green]promoted[/]" : "[green]go on[/]",
        Canary.Verdict.TooManyErrors => "[red]rolled back: errors[/]",
        _ => "[red]rolled back: wrong share[/]",
    };

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    private static string Between(ConfidenceInterval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Low * 100:0.0} to {interval.High * 100:0.0} %");

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
