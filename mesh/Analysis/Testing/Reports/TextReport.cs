using System.Globalization;
using Bookinfo.Mesh.Analysis.Testing.Expectations;

namespace Bookinfo.Mesh.Analysis.Testing.Reports;

/// <summary>A run for people: each failure with what was expected, what came, and the way that the request took.</summary>
public static class TextReport
{
    /// <summary>Writes it.</summary>
    /// <param name="report">The run.</param>
    /// <param name="output">Where to.</param>
    public static void Write(TestReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        foreach (var file in report.Files)
        {
            foreach (var failures in file.Results.Where(result => !result.HasPassed).GroupBy(result => result.Case))
            {
                Write(file, [.. failures], output);
            }

            foreach (var note in file.Notes.Concat(file.Results.SelectMany(result => result.Notes)).Distinct())
            {
                output.WriteLine($"{file.File.Name}: note: {note}");
            }
        }

        if (report.Coverage is { } coverage)
        {
            Write(coverage, report.Threshold, output);
        }

        output.WriteLine(Summary(report));
    }

    /// <summary>The failure in a few lines, without the way.</summary>
    internal static string Describe(CaseResult result) =>
        string.Join(Environment.NewLine, result.Mismatches.Select(Describe));

    private static string Describe(Mismatch mismatch) =>
        $"{mismatch.What}: expected {mismatch.Expected}, but got {mismatch.Actual}";

    /// <summary>Writes the failures of a case, the first with its way: those of its other requests are mostly the same.</summary>
    private static void Write(TestFileResult file, IReadOnlyList<CaseResult> failures, TextWriter output)
    {
        var result = failures[0];
        output.WriteLine($"{file.File.Name}:{result.Case.Line}: failed: {result.Case.Name}");
        output.WriteLine($"  {result.Request} from {result.Caller}");
        foreach (var mismatch in result.Mismatches)
        {
            output.WriteLine($"  {mismatch.What}:");
            output.WriteLine($"    expected: {mismatch.Expected}");
            output.WriteLine($"    actual:   {mismatch.Actual}");
        }

        foreach (var line in result.Explanation?.Split('\n') ?? [])
        {
            output.WriteLine($"    | {line.TrimEnd('\r')}");
        }

        foreach (var other in failures.Skip(1))
        {
            output.WriteLine($"  {other.Request} fails too: {string.Join(", ", other.Mismatches.Select(mismatch => mismatch.What))}");
        }

        output.WriteLine();
    }

    private static void Write(Coverage coverage, double? threshold, TextWriter output)
    {
        foreach (var missed in coverage.Missed)
        {
            output.WriteLine($"{missed.File}:{missed.Line}: no case reaches {missed.Subject} {missed.Path}");
        }

        var wanted = threshold is null ? "" : string.Create(CultureInfo.InvariantCulture, $", at least {threshold:0.##} % wanted");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"coverage: {coverage.All.Count - coverage.Missed.Count} of {coverage.All.Count} rules and matches "
            + $"({coverage.Percent:0.#} %{wanted})"));
    }

    private static string Summary(TestReport report)
    {
        var requests = report.Requests == report.Cases ? "" : $" with {report.Requests} requests";
        var sum = $"{report.Cases} {(report.Cases == 1 ? "case" : "cases")}{requests}";
        return report.Cases == 0 ? "no case ran" : report.Failures == 0 ? $"{sum}: all pass" : $"{sum}: {report.Failures} failed";
    }
}
