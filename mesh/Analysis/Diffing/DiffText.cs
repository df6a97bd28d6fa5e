using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>A comparison for people at a terminal.</summary>
public static class DiffText
{
    /// <summary>Writes it.</summary>
    /// <param name="differences">The comparison.</param>
    /// <param name="output">Where to.</param>
    public static void Write(RuleDifferences differences, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentNullException.ThrowIfNull(output);
        foreach (var difference in differences.Differences)
        {
            output.WriteLine($"{Of(difference.Example)}, from {Callers(difference.Callers)}");
            foreach (var change in difference.Changes)
            {
                output.WriteLine($"  {change.Aspect}:");
                output.WriteLine($"    before: {change.Before}");
                output.WriteLine($"    after:  {change.After}");
            }

            output.WriteLine($"  by {Place(difference.Before)} before, by {Place(difference.After)} after");
            output.WriteLine();
        }

        foreach (var undecided in differences.Undecided)
        {
            output.WriteLine($"undecided for {undecided.Example.Authority}, from {Callers(undecided.Callers)}: {undecided.Reason}");
        }

        foreach (var note in differences.Notes)
        {
            output.WriteLine($"note: {note}");
        }

        output.WriteLine(Summary(differences));
    }

    /// <summary>A request in one line, its headers behind it.</summary>
    internal static string Of(SampleRequest request) => string.Join(" ",
    [
        $"{request.Method} {request.Scheme}://{request.Authority}{request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}",
        .. request.Headers.Select(header => $"-H \"{header.Key}: {header.Value}\""),
    ]);

    /// <summary>The first caller by name, the others by number.</summary>
    internal static string Callers(IReadOnlyList<string> callers) => callers.Count switch
    {
        1 => callers[0],
        2 => $"{callers[0]} and {callers[1]}",
        _ => $"{callers[0]} and {callers.Count - 1} other callers",
    };

    /// <summary>A rule, or that there is none.</summary>
    internal static string Place(RulePlace? rule) => rule?.ToString() ?? "no rule";

    /// <summary>All of it in one sentence.</summary>
    internal static string Summary(RuleDifferences differences) => differences.AreEquivalent
        ? "Equivalent: every request goes by the new rules as by the old ones."
        : $"{Count(differences.Differences.Count, "difference")}"
            + (differences.Undecided.Count == 0 ? "." : $", {differences.Undecided.Count} undecided.");

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
