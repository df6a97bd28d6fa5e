using System.Globalization;
using Spectre.Console;

namespace Bookinfo.Benchmarks.Reporting;

/// <summary>Tables on the console, with figures that carry no more digits than the measurement does.</summary>
internal static class Report
{
    /// <summary>Prints a table.</summary>
    public static void Print(string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, string? note = null)
    {
        var table = new Table().Title(title).Border(TableBorder.Markdown);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column) { Alignment = column == columns[0] ? Justify.Left : Justify.Right });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        AnsiConsole.Write(table);
        if (note is not null)
        {
            AnsiConsole.WriteLine(note);
        }

        AnsiConsole.WriteLine();
    }

    /// <summary>A figure with a number of decimals, written alike in every culture.</summary>
    public static string Figure(double value, int decimals = 0) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
