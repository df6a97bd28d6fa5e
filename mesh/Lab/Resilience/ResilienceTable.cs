using System.Globalization;
using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Resilience;

/// <summary>What a scenario came to, for each owner of the pattern.</summary>
internal static class ResilienceTable
{
    /// <summary>Makes it.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="measurements">Its runs.</param>
    public static Table Create(Scenario scenario, IEnumerable<Measurement> measurements)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("pattern in"));
        foreach (var name in new[] { "requests", "failed", "p50", "p99", $"{string.Join(" and ", scenario.Failing)} got", "at once" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
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
        Owner.Mesh => "the mesh",
        Owner.Application => "the application",
        _ => "both",
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
