using System.Text.RegularExpressions;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>
/// Brings a change of a rule into the text that a person wrote, so that comments and format stay where nothing changed. It goes by lines
/// and indentation and knows only YAML in block style; its caller reads the result again to see that it means the change.
/// </summary>
internal static partial class YamlMerge
{
    private enum Shape
    {
        Mapping,
        Sequence,
        Other,
    }

    /// <summary>Merges.</summary>
    /// <param name="own">The text as it was written.</param>
    /// <param name="before">What it means, as a program writes it.</param>
    /// <param name="after">What it is to mean, written by the same program.</param>
    public static string Merge(string own, string before, string after) =>
        string.Join('\n', Node(Lines(own), Lines(before), Lines(after))) + "\n";

    private static List<string> Lines(string text) => [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    private static List<string> Node(List<string> own, List<string> before, List<string> after)
    {
        var shape = ShapeOf(own);
        return before.SequenceEqual(after) ? own
            : shape != ShapeOf(after) ? Indented(after, IndentOf(own))
            : shape switch
            {
                Shape.Mapping => Mapping(own, before, after),
                Shape.Sequence => Sequence(own, before, after),
                _ => Indented(after, IndentOf(own)),
            };
    }

    private static List<string> Mapping(List<string> own, List<string> before, List<string> after)
    {
        var old = Parts(before, Shape.Mapping).ToLookup(KeyOf);
        var now = Parts(after, Shape.Mapping).ToLookup(KeyOf);
        var entries = Parts(own, Shape.Mapping);
        var added = now.Where(entry => entries.All(one => KeyOf(one) != entry.Key)).SelectMany(entry => entry.First());
        return
        [
            .. entries.Where(entry => now.Contains(KeyOf(entry)))
                .SelectMany(entry => Entry(entry, old[KeyOf(entry)].FirstOrDefault() ?? [], now[KeyOf(entry)].First())),
            .. Indented([.. added], IndentOf(own)),
        ];
    }

    private static List<string> Entry(List<string> own, List<string> before, List<string> after)
    {
        if (before.SequenceEqual(after))
        {
            return own;
        }

        var head = own.FindIndex(IsContent);
        if (head < 0)
        {
            return [.. own, .. after];
        }

        var (line, next) = (KeyLine().Match(own[head]), KeyLine().Match(after[0]));
        var isBlock = line.Groups["value"].Length == 0 && next.Groups["value"].Length == 0;
        return isBlock && own.Count > head + 1 && after.Count > 1
            ? [.. own[..(head + 1)], .. Node(own[(head + 1)..], before.Count > 1 ? before[1..] : [], after[1..])]
            : own.Count == head + 1 && after.Count == 1 && !isBlock
                ? [.. own[..head], $"{line.Groups["key"]}{next.Groups["value"]}{line.Groups["comment"]}"]
                : [.. own[..head], .. Indented(after, IndentOf(own))];
    }

    private static List<string> Sequence(List<string> own, List<string> before, List<string> after)
    {
        var (items, old, now) = (Parts(own, Shape.Sequence), Parts(before, Shape.Sequence), Parts(after, Shape.Sequence));
        var shared = Math.Min(items.Count, now.Count);
        return
        [
            .. Enumerable.Range(0, shared).SelectMany(at => Item(items[at], at < old.Count ? old[at] : [], now[at])),
            .. now.Skip(shared).SelectMany(item => Indented(item, IndentOf(own))),
        ];
    }

    /// <summary>An item is what stands behind its dash.</summary>
    private static List<string> Item(List<string> own, List<string> before, List<string> after)
    {
        var merged = Node(WithoutDash(own), WithoutDash(before), WithoutDash(after)).ToList();
        var (first, indent) = (merged.FindIndex(IsContent), IndentOf(own));
        if (first >= 0)
        {
            merged[first] = $"{new string(' ', indent)}-{merged[first][Math.Min(indent + 1, merged[first].Length)..]}";
        }

        return merged;
    }

    private static List<string> WithoutDash(List<string> item)
    {
        var first = item.FindIndex(IsContent);
        return first < 0 ? item : [.. item[..first], DashLine().Replace(item[first], "$1 "), .. item[(first + 1)..]];
    }

    /// <summary>The entries of a mapping or the items of a sequence, each with the comments above it.</summary>
    private static List<List<string>> Parts(List<string> lines, Shape shape)
    {
        var indent = IndentOf(lines);
        List<List<string>> parts = [[]];
        var above = new List<string>();
        foreach (var line in lines)
        {
            if (!IsContent(line))
            {
                above.Add(line);
                continue;
            }

            var begins = line.Length - line.TrimStart().Length == indent
                && line.TrimStart().StartsWith('-') == (shape == Shape.Sequence);
            if (begins && parts[^1].Exists(IsContent))
            {
                parts.Add([]);
            }

            parts[^1].AddRange(above);
            parts[^1].Add(line);
            above.Clear();
        }

        parts[^1].AddRange(above);
        return parts;
    }

    private static Shape ShapeOf(List<string> lines) => lines.Find(IsContent) is not { } first ? Shape.Other
        : DashLine().IsMatch(first) ? Shape.Sequence
        : KeyLine().IsMatch(first) ? Shape.Mapping
        : Shape.Other;

    private static string KeyOf(List<string> entry) => KeyLine().Match(entry.Find(IsContent) ?? "").Groups["name"].Value;

    private static bool IsContent(string line) => line.Trim() is { Length: > 0 } text && text[0] != '#';

    private static int IndentOf(List<string> lines) => lines.Find(IsContent) is { } first ? first.Length - first.TrimStart().Length : 0;

    private static List<string> Indented(List<string> lines, int indent)
    {
        var by = indent - IndentOf(lines);
        return [.. lines.Select(line => by >= 0 ? new string(' ', by) + line : line[Math.Min(-by, line.Length)..])];
    }

    [GeneratedRegex("""^(?<key> *(?<name>"[^"]*"|[^\s"'#\[{&*!|>%@`-][^\s:]*):(?: +|$))(?<value>[^#]*?)(?<comment>\s+#.*|\s*)$""",
        RegexOptions.NonBacktracking)]
    private static partial Regex KeyLine();

    [GeneratedRegex("^( *)-(?= |$)")]
    private static partial Regex DashLine();
}
