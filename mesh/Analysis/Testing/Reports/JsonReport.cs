using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing.Reports;

/// <summary>A run as JSON.</summary>
public static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    /// <param name="report">The run.</param>
    /// <param name="output">Where to.</param>
    public static void Write(TestReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(JsonSerializer.Serialize(
            new Document(
                report.Cases,
                report.Requests,
                report.Failures,
                report.Coverage is { } coverage ? new CoverageEntry(coverage.All.Count, coverage.Percent, coverage.Missed) : null,
                [.. report.Files.Select(file => new FileEntry(file.File.Name, file.Notes, [.. file.Results.Select(ResultEntry.Of)]))]),
            Options));
    }

    private sealed record Document(int Cases, int Requests, int Failures, CoverageEntry? Coverage, IReadOnlyList<FileEntry> Files);

    private sealed record CoverageEntry(int Rules, double Percent, IReadOnlyList<RulePlace> Missed);

    private sealed record FileEntry(string File, IReadOnlyList<string> Notes, IReadOnlyList<ResultEntry> Results);

    private sealed record ResultEntry(string Name, int Line, string Request, string Caller, bool Passed, RulePlace? Rule,
        IReadOnlyList<Mismatch> Mismatches, IReadOnlyList<string> Notes, IReadOnlyList<string>? Explanation)
    {
        public static ResultEntry Of(CaseResult result) => new(result.Case.Name, result.Case.Line, result.Request, result.Caller,
            result.HasPassed, result.Rule, result.Mismatches, result.Notes,
            result.Explanation?.Split('\n').Select(line => line.TrimEnd('\r')).ToList());
    }
}
