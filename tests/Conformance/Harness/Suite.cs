using Bookinfo.Tests.Support.Conformance;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>The cases of one function of Istio's tests: the rows that run, and the cases left out with the reason.</summary>
/// <param name="File">Path in istio/istio, as of commit 86c9f01f.</param>
/// <param name="Function">The Go function.</param>
public sealed record Suite(string File, string Function)
{
    public required IReadOnlyList<Case> Rows { get; init; }

    public IReadOnlyList<LeftOutCases> LeftOut { get; init; } = [];

    /// <summary>Istio's names of what runs: a row, or each named step of a row that has several.</summary>
    public IEnumerable<string> CaseNames => Names(Running);

    /// <summary>The rows that the mesh passes.</summary>
    public IEnumerable<Case> Running => Rows.Where(row => !NotYet.Titles.Contains(row.Title));

    private IEnumerable<LeftOutCases> AllLeftOut => Names(Rows).Except(CaseNames).ToList() is { Count: > 0 } waiting
        ? [.. LeftOut, new("the mesh does not pass them yet", waiting)]
        : LeftOut;

    private static IEnumerable<string> Names(IEnumerable<Case> rows) => rows.SelectMany(row =>
        row.Calls.Any(call => call.Name is not null) ? row.Calls.Select(call => $"{row.Name}/{call.Name}") : [row.Name]).Distinct();

    public static IEnumerable<ConformanceSource> Sources(IEnumerable<Suite> suites) => suites.GroupBy(suite => suite.File).Select(file =>
        new ConformanceSource(file.Key, [.. file.Select(suite => new ConformanceFunction(suite.Function, suite.CaseNames.Count(), [.. suite.AllLeftOut]))]));
}
