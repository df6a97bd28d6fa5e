using System.Globalization;

namespace Bookinfo.Mesh.Analysis.Testing.Reports;

/// <summary>
/// Annotations of a pull request: each failure beside its case, in GitHub's workflow commands
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
/// </summary>
public static class GitHubReport
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
            foreach (var result in file.Results.Where(result => !result.HasPassed))
            {
                Write(output, "error", file.File.Name, result.Case.Line, result.Case.Name,
                    $"{result.Request} from {result.Caller}\n{TextReport.Describe(result)}\n{result.Explanation}");
            }
        }

        foreach (var missed in report.Coverage?.Missed ?? [])
        {
            Write(output, report.IsCoverageTooLow ? "error" : "notice", missed.File, missed.Line, "Not tested",
                $"no case reaches {missed.Subject} {missed.Path}");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Requests} requests, {report.Failures} failed"));
    }

    private static void Write(TextWriter output, string command, string file, int line, string title, string message) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"::{command} file={Property(file)},line={line},title={Property(title)}::{Data(message)}"));

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
