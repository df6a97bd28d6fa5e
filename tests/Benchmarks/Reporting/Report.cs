using System.Globalization;
using Spectre.Console;

namespace Bookinfo.Benchmarks.Reporting;

/// <summary>Tables on the console, with figures that carry no more digits than the measurement does.</summary>
internal static class Report
{
    private static readonly IAnsiConsole Screen = Open();

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

        Screen.Write(table);
        if (note is not null)
        {
            Screen.WriteLine(note);
        }

        Screen.WriteLine();
    }

    /// <summary>A figure with a number of decimals, written alike in every culture.</summary>
    public static string Figure(double value, int decimals = 0) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // A pipe or a file gets the table without colours, and wide enough that no cell breaks.
    private static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
        console.Profile.Width = Math.Max(console.Profile.Width, 140);
        return console;
    }
}
