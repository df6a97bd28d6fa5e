using System.Text.RegularExpressions;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Docs;

/// <summary>
/// A page names files in its text and in its commands; each is there. The changelog also names those of earlier versions.
/// </summary>
public sealed partial class NamedFileTests
{
    private static readonly Lazy<HashSet<string>> SourceFiles = new(() =>
        Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).ToHashSet());

    public static TheoryData<string> Pages => [.. Page.All.Keys.Where(path => path != "CHANGELOG.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_NamesAFile_ThatExists(string path) =>
        Assert.Empty(Page.All[path].Code.Select(Missing).OfType<string>().Select(file => $"{path} names {file}, which does not exist"));

    [Theory]
    [InlineData("@infra/rules/no-such-rule.yaml", "infra/rules/no-such-rule.yaml")]
    [InlineData("mesh/NoSuchFolder", "mesh/NoSuchFolder")]
    [InlineData("NoSuchType.cs", "NoSuchType.cs")]
    [InlineData("infra/rules/all-v1.yaml", null)]
    [InlineData("tests/integration/pilot/mirror_test.go", null)]
    public void Missing_Name_IsTheFileThatIsNotThere(string code, string? missing) => Assert.Equal(missing, Missing(code));

    private static string? Missing(string code)
    {
        // Istio's sources, which are Go, have folders of the same names.
        var path = code.TrimStart('@').TrimEnd('.', ',', '/');
        if (OfTheRepository().IsMatch(path) && !path.EndsWith(".go", StringComparison.Ordinal))
        {
            return Path.Exists(Repository.PathOf(path)) ? null : path;
        }

        return SourceFile().IsMatch(path) && !SourceFiles.Value.Contains(path) ? path : null;
    }

    [GeneratedRegex(@"^(services|infra|mesh|web|aspire|tests|docs|\.github|\.ci)/[A-Za-z0-9_./-]+$")]
    private static partial Regex OfTheRepository();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9.]*\.cs$")]
    private static partial Regex SourceFile();
}
