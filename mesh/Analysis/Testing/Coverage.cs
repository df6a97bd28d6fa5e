using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing;

/// <summary>Which rules and matches some case reaches.</summary>
/// <param name="All">Every match of every rule, and every rule without a match, file by file.</param>
/// <param name="Missed">Those that no case reaches.</param>
public sealed record Coverage(IReadOnlyList<RulePlace> All, IReadOnlyList<RulePlace> Missed)
{
    /// <summary>How many of a hundred are reached; 100 where there are none.</summary>
    public double Percent => All.Count == 0 ? 100 : 100.0 * (All.Count - Missed.Count) / All.Count;

    /// <summary>The coverage of several files together. A rule that several of them test counts once.</summary>
    /// <param name="files">The results of the files.</param>
    /// <param name="counts">Whether a file of rules counts.</param>
    public static Coverage Of(IReadOnlyList<TestFileResult> files, Func<string, bool> counts)
    {
        ArgumentNullException.ThrowIfNull(files);
        var all = files.SelectMany(file => file.Rules).Where(rule => counts(rule.File)).Distinct()
            .OrderBy(rule => rule.File, StringComparer.Ordinal).ThenBy(rule => rule.Line).ToList();
        var reached = files.SelectMany(file => file.Results).Select(result => result.Rule).ToHashSet();
        return new Coverage(all, [.. all.Where(rule => !reached.Contains(rule))]);
    }
}
