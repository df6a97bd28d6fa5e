using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Docs;

public sealed class LinkTests
{
    /// <summary>GitHub's own pages, relative to a file of the repository: they are not in it.</summary>
    private const string OnGitHub = "../../security/";

    public static TheoryData<string> Pages => [.. Page.All.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Link_Relative_LeadsToSomething(string path) =>
        Assert.Empty(Page.All[path].Targets.Select(target => Broken(path, target)).OfType<string>());

    [Fact]
    public void Pages_OfTheRepository_AreFound()
    {
        Assert.Contains("README.md", Page.All.Keys);
        Assert.Contains(".github/pull_request_template.md", Page.All.Keys);
        Assert.Contains("docs/support.md", Page.All["README.md"].Targets);
    }

    [Theory]
    [InlineData("docs/no-such-page.md")]
    [InlineData("README.md#no-such-heading")]
    [InlineData("#no-such-heading")]
    public void Broken_TargetThatIsNotThere_IsFound(string target) => Assert.NotNull(Broken("README.md", target));

    /// <summary>What is wrong with a target; null where nothing is.</summary>
    private static string? Broken(string page, string target)
    {
        if (target.StartsWith(OnGitHub, StringComparison.Ordinal) || Uri.TryCreate(target, UriKind.Absolute, out _))
        {
            return null;
        }

        var (file, anchor) = target.Split('#') switch
        {
            [var whole] => (whole, ""),
            [var first, var second, ..] => (first, second),
            _ => ("", ""),
        };
        var folder = Path.GetDirectoryName(page)!;
        var path = file.Length == 0 ? page : Path.GetRelativePath(Repository.Root,
            Path.GetFullPath(Repository.PathOf(folder, Uri.UnescapeDataString(file)))).Replace('\\', '/');
        if (!Path.Exists(Repository.PathOf(path)))
        {
            return $"{page} links to {target}: there is no {path}";
        }

        return anchor.Length == 0 || (Page.All.TryGetValue(path, out var linked) && linked.Anchors.Contains(Uri.UnescapeDataString(anchor)))
            ? null
            : $"{page} links to {target}: {path} has no heading #{anchor}";
    }
}
