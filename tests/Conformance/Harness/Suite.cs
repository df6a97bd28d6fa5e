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
    public IEnumerable<string> CaseNames => Rows.SelectMany(row =>
        row.Calls.Any(call => call.Name is not null) ? row.Calls.Select(call => $"{row.Name}/{call.Name}") : [row.Name]).Distinct();

    public static IEnumerable<ConformanceSource> Sources(IEnumerable<Suite> suites) => suites.GroupBy(suite => suite.File).Select(file =>
        new ConformanceSource(file.Key,
            [.. file.Select(suite => new ConformanceFunction(suite.Function, suite.CaseNames.Count(), suite.LeftOut))]));
}
