using System.Text.RegularExpressions;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Cluster.Scripts;

/// <summary>The scripts run on macOS, too, whose bash is 3.2: what came later is a syntax error there, or an unset variable.</summary>
public sealed partial class ScriptTests
{
    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder, "*.sh").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_UsesNothingNewerThanBash3(string name)
    {
        var lines = File.ReadLines(Path.Combine(Folder, name)).Where(line => !line.TrimStart().StartsWith('#'));
        Assert.DoesNotContain(lines, line => NewerThanBash3().IsMatch(line));
    }

    // Before bash 4.4 an empty array counts as unset, which ends a script under "set -u".
    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_ExpandsAnArrayThatMayBeEmpty_OnlyWhereItIsNot(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name));
        var arrays = EmptyArray().Matches(text).Select(match => match.Groups[1].Value).ToList();
        var bare = arrays.SelectMany(array =>
            File.ReadLines(Path.Combine(Folder, name)).Where(line => line.Contains($"\"${{{array}[@]}}\"", StringComparison.Ordinal)
            && !line.Contains($"${{{array}[@]+", StringComparison.Ordinal)
                && !line.Contains($"${{#{array}[@]}} -eq 0 ] ||", StringComparison.Ordinal)));
        Assert.Empty(bare);
    }

    [Theory]
    [InlineData("declare -A map", true)]
    [InlineData("mapfile -t lines < file", true)]
    [InlineData("echo \"${name,,}\"", true)]
    [InlineData("command |& tee log", true)]
    [InlineData("echo \"${name%/}\" | tr a-z A-Z", false)]
    public void NewerThanBash3_OfALine_TellsWhatIsNewer(string line, bool newer) => Assert.Equal(newer, NewerThanBash3().IsMatch(line));

    private static string Folder => Path.Combine(Repository.Root, "infra", "Cluster");

    [GeneratedRegex(
        @"\b(mapfile|readarray|coproc)\b|(declare|local|typeset) -[a-z]*[Agn]|\$\{[A-Za-z_]+(\[[^]]*\])?(,|\^)"
        + @"|\|&|&>>|\$\{[A-Za-z_]+@[A-Z]\}|\bwait -n\b")]
    private static partial Regex NewerThanBash3();

    [GeneratedRegex(@"\b([a-z_]+)=\(\)")]
    private static partial Regex EmptyArray();
}
