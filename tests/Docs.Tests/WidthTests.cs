using System.Text;

namespace Bookinfo.Tests.Docs;

/// <summary>Prose ends at 100 columns, so that it can be read and compared in a terminal; a Japanese character takes two.</summary>
public sealed class WidthTests
{
    private const int Columns = 100;

    public static TheoryData<string> Pages => [.. Page.All.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Line_OfProse_Has100ColumnsAtMost(string path)
    {
        var page = Page.All[path];
        var fixedLines = page.FixedLines;
        Assert.Empty(page.Lines.Index()
            .Where(line => !fixedLines.Contains(line.Index) && Width(line.Item) > Columns && CanBeWrapped(line.Item))
            .Select(line => $"{path}:{line.Index + 1} has {Width(line.Item)} columns"));
    }

    [Theory]
    [InlineData("ab", 2)]
    [InlineData("本の", 4)]
    [InlineData("ｶ、", 3)]
    public void Width_Text_CountsWideCharactersTwice(string text, int width) => Assert.Equal(width, Width(text));

    private static int Width(string line) => line.EnumerateRunes().Sum(rune => IsWide(rune) ? 2 : 1);

    /// <summary>A word, a link or an address stays in one piece.</summary>
    private static bool CanBeWrapped(string line) =>
        line.TrimStart(' ', '-', '*', '>').Contains(' ') && !line.TrimStart().StartsWith("![", StringComparison.Ordinal);

    /// <summary>The blocks of CJK and of full-width forms (Unicode Standard Annex 11).</summary>
    private static bool IsWide(Rune rune) =>
        rune.Value is (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF01 and <= 0xFF60);
}
