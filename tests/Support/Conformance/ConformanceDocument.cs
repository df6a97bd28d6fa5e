using System.Text;

namespace Bookinfo.Tests.Support.Conformance;

/// <summary>
/// <c>docs/conformance.md</c>: a table with a line per file of Istio's tests, then a section for each. Every suite holds the lines about
/// its own files against what it runs; with the environment variable <c>CONFORMANCE_WRITE=1</c> it writes them instead.
/// </summary>
public static class ConformanceDocument
{
    private const int Columns = 100;
    private const string TableHead = "| Istio's file | cases known | passed here | left out |\n| --- | ---: | ---: | ---: |\n";

    /// <summary>What the document has to say of a source and does not; null where it says it.</summary>
    public static string? Disagreement(ConformanceSource source)
    {
        var path = Path.Combine(Repository.Root, "docs", "conformance.md");
        var text = File.ReadAllText(path);
        var right = Write(text, source);
        if (text == right)
        {
            return null;
        }

        if (Environment.GetEnvironmentVariable("CONFORMANCE_WRITE") == "1")
        {
            File.WriteAllText(path, right);
            return null;
        }

        return $"docs/conformance.md does not say what the suite of {source.Path} does (CONFORMANCE_WRITE=1 dotnet test writes "
            + $"it):\n{Line(source)}\n{Section(source)}";
    }

    /// <summary>The sentence that the README carries: the sum over all sources, as the document has it.</summary>
    public static string Sentence()
    {
        var all = File.ReadLines(Path.Combine(Repository.Root, "docs", "conformance.md"))
            .First(line => line.StartsWith("| **all**", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
        return $"Of {all[2]} known cases of Istio's own tests {all[3]} pass here, {all[4]} are left out, [each with its "
            + "reason](docs/conformance.md).";
    }

    /// <summary>The README's text as one line, so that it does not matter where a sentence is wrapped.</summary>
    public static string Readme() =>
        string.Join(' ', File.ReadAllText(Path.Combine(Repository.Root, "README.md"))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The document with everything about this source as it should be, and the sum over all.</summary>
    internal static string Write(string text, ConformanceSource source)
    {
        var (head, lines, sections) = Parse(text);
        lines[source.Path] = Line(source);
        sections[source.Path] = Section(source);
        var cells = lines.Values.Select(line => line.Split('|')).ToList();
        var table = string.Join('\n', lines.Values)
            + $"\n| **all** | {Sum(cells, 2)} | {Sum(cells, 3)} | {Sum(cells, 4)} |\n";
        return $"{head}{TableHead}{table}\n{string.Join('\n', sections.Values)}";
    }

    private static (string Head, SortedDictionary<string, string> Lines, SortedDictionary<string, string> Sections) Parse(string text)
    {
        var table = text.IndexOf(TableHead, StringComparison.Ordinal);
        if (table < 0)
        {
            throw new InvalidDataException($"docs/conformance.md lacks its table:\n{TableHead}");
        }

        var parts = text[(table + TableHead.Length)..].Split("\n## ");
        var lines = parts[0].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1]);
        var sections = parts.Skip(1).ToDictionary(section => section.Split('\n')[0].Trim('`'), section => $"## {section.TrimEnd('\n')}\n");
        return (text[..table], new(lines, StringComparer.Ordinal), new(sections, StringComparer.Ordinal));
    }

    private static int Sum(IEnumerable<string[]> cells, int column) =>
        cells.Sum(cell => int.Parse(cell[column], System.Globalization.CultureInfo.InvariantCulture));

    private static string Line(ConformanceSource source) =>
        $"| `{source.Path}` | {source.Passed + source.LeftOut} | {source.Passed} | {source.LeftOut} |";

    private static string Section(ConformanceSource source)
    {
        var text = new StringBuilder(
            $"## `{source.Path}`\n\n| function | cases known | passed here | left out |\n| --- | ---: | ---: | ---: |\n");
        foreach (var function in source.Functions)
        {
            var leftOut = function.LeftOut.Sum(group => group.Names.Count);
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| {function.Name} | {function.Passed + leftOut} | {function.Passed} | {leftOut} |\n");
        }

        var groups = source.Functions.SelectMany(function => function.LeftOut).GroupBy(group => group.Reason, group => group.Names)
            .ToList();
        text.Append(groups.Count > 0 ? "\nLeft out:\n\n" : "");
        foreach (var group in groups)
        {
            AppendWrapped(text, $"- {group.Key}: {string.Join(", ", group.SelectMany(names => names).Select(name => $"*{name}*"))}");
        }

        return text.ToString();
    }

    /// <summary>Adds an item of a list, its further lines indented, none longer than the docs' 100 columns.</summary>
    private static void AppendWrapped(StringBuilder text, string item)
    {
        var column = 0;
        foreach (var word in item.Split(' '))
        {
            if (column + 1 + word.Length > Columns)
            {
                text.Append("\n ");
                column = 1;
            }

            text.Append(column == 0 ? "" : " ").Append(word);
            column += (column == 0 ? 0 : 1) + word.Length;
        }

        text.Append('\n');
    }
}
