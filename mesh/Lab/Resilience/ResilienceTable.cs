using System.Globalization;
using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Resilience;

/// <summary>What a scenario came to, for each owner of the pattern.</summary>
internal static class ResilienceTable
{
    /// <summary>Makes it.</summary>
    /// <param name="measurements">Its runs.</param>
    public static Table Create(IEnumerable<Measurement> measurements)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn(new TableColumn("pattern in").NoWrap().Padding(0, 1));
        foreach (var name in new[] { "requests", "failed", "p50 ms", "p99 ms", "reached ratings", "at once" })
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap().Padding(0, 1));
        }

        foreach (var run in measurements)
        {
            table.AddRow(
                Name(run.Owner),
                Number(run.Requests),
                run.Failed == 0 ? "[green]0[/]" : $"[red]{Number(run.Failed)}[/]",
                Milliseconds(run.P50),
                Milliseconds(run.P99),
                Number(run.FaultyGot),
                Number(run.FaultyAtOnce));
        }

        return table;
    }

    private static string Name(Owner owner) => owner switch
    {
        Owner.None => "neither",
        Owner.Mesh => "mesh",
        Owner.Application => "application",
        _ => "both",
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0}");
}
