namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>Suites as theory data: names only, so that each row shows in a test explorer by its name and runs alone.</summary>
public static class Table
{
    public static IEnumerable<TheoryDataRow<string, string>> Of(IEnumerable<Suite> suites) =>
        suites.SelectMany(suite => suite.Rows.Select(row =>
        new TheoryDataRow<string, string>(suite.Function, row.Title) { TestDisplayName = $"{suite.Function}: {row.Title}" }));

    public static IEnumerable<TheoryDataRow<string>> Of(IEnumerable<Case> rows) =>
        rows.Select(row => new TheoryDataRow<string>(row.Title) { TestDisplayName = row.Title });

    public static Case Find(IEnumerable<Suite> suites, string function, string title) =>
        Find(suites.Single(suite => suite.Function == function).Rows, title);

    public static Case Find(IEnumerable<Case> rows, string title) => rows.Single(row => row.Title == title);
}
