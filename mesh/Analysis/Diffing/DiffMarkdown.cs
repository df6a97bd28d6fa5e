using System.Text;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>A comparison as Markdown, for a pull request.</summary>
public static class DiffMarkdown
{
    /// <summary>Writes it.</summary>
    /// <param name="differences">The comparison.</param>
    /// <param name="output">Where to.</param>
    public static void Write(RuleDifferences differences, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine("### What this change of rules does");
        output.WriteLine();
        output.WriteLine(DiffText.Summary(differences));
        if (differences.Differences.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("| For example | What | Before | After |");
            output.WriteLine("|---|---|---|---|");
        }

        foreach (var difference in differences.Differences)
        {
            var example = $"{Code(DiffText.Of(difference.Example))}<br>from {Text(DiffText.Callers(difference.Callers))}";
            foreach (var change in difference.Changes)
            {
                output.WriteLine($"| {example} | {Text(change.Aspect)} | {Text(change.Before)} | {Text(change.After)} |");
                example = "";
            }

            output.WriteLine($"| | rule | {Text(DiffText.Place(difference.Before))} | {Text(DiffText.Place(difference.After))} |");
        }

        foreach (var undecided in differences.Undecided)
        {
            output.WriteLine();
            output.WriteLine($"Undecided for {Code(undecided.Example.Authority)}: {Text(undecided.Reason)}");
        }
    }

    private static string Code(string text) => $"<code>{Text(text)}</code>";

    /// <summary>Text that is neither Markdown nor HTML, whatever a rule has in it.</summary>
    internal static string Text(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => plain.Append("&amp;"),
                '<' => plain.Append("&lt;"),
                '>' => plain.Append("&gt;"),
                '\n' or '\r' => plain.Append(' '),
                '\\' or '|' or '*' or '_' or '`' or '[' or ']' or '~' or '#' or '@' => plain.Append("&#").Append((int)c).Append(';'),
                _ => plain.Append(c),
            };
        }

        return plain.ToString();
    }
}
