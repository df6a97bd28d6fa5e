using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>By what a text that cannot be read is taken for a rule all the same.</summary>
internal static partial class RuleSigns
{
    /// <summary>
    /// Whether a text is a rule, as far as its lines show: it names a kind of ours, or a template stands for the kind, or nothing names a
    /// kind and the group does.
    /// </summary>
    public static bool AreIn(string text)
    {
        var kinds = KindLine().Matches(text).Select(line => line.Groups[1].Value).ToList();
        return kinds.Count == 0 ? text.Contains($"apiVersion: {ResourceReader.Group}", StringComparison.Ordinal)
            : kinds.Exists(kind => kind.StartsWith("{{", StringComparison.Ordinal)
                || ResourceReader.AllKinds.Any(known => Messages.IsTypo(kind, known)));
    }

    [GeneratedRegex(@"^(?:- )?[""']?kind[""']?:[ ]{0,20}[""']?(\{\{|[A-Za-z]{1,60})", RegexOptions.Multiline)]
    private static partial Regex KindLine();
}
