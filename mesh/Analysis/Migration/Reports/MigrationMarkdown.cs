using Bookinfo.Mesh.Analysis.Diffing;

namespace Bookinfo.Mesh.Analysis.Migration.Reports;

/// <summary>A migration as Markdown, for a pull request.</summary>
public static class MigrationMarkdown
{
    /// <summary>Writes it.</summary>
    /// <param name="result">The result of the migration.</param>
    /// <param name="output">Where to.</param>
    public static void Write(MigrationResult result, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine("## Migration to the Gateway API");
        output.WriteLine();
        var names = MigrationText.Names(result);
        output.WriteLine(names.Count == 0 ? "Nothing was written." : $"Written: {DiffMarkdown.Text(string.Join(", ", names))}.");
        if (result.Findings.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("| | Where | What | What to do |");
            output.WriteLine("|---|---|---|---|");
            foreach (var finding in result.Findings)
            {
                var place = finding.Line > 0 ? $" ({finding.File}:{finding.Line})" : "";
                output.WriteLine($"| {finding.KindWord} | {DiffMarkdown.Text($"{finding.Rule} {finding.Path}{place}")} "
                    + $"| {DiffMarkdown.Text(finding.Message)} | {DiffMarkdown.Text(finding.Advice ?? "")} |");
            }
        }

        output.WriteLine();
        DiffMarkdown.Write(result.Proof, output);
    }
}
