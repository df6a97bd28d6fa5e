using System.Text;
using SupportTable = Bookinfo.Mesh.Istio.UnsupportedFields;

namespace Bookinfo.Tests.Istio;

public sealed class SupportTests
{
    /// <summary>The page in the docs has the table of the code; the message of a failure is the table as it should be.</summary>
    [Fact]
    public void Unsupported_PageInTheDocs_HasTheSameTable()
    {
        var table = new StringBuilder("| in | field | why not |\n|---|---|---|\n");
        foreach (var field in SupportTable.All)
        {
            table.Append(null, $"| {field.Message} | `{field.Field}` | {field.Reason} |\n");
        }

        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "support.md"));
        Assert.True(page.Contains(table.ToString(), StringComparison.Ordinal), $"docs/support.md should have:\n{table}");
    }

    [Fact]
    public void Unsupported_EachField_IsThereOnceAndHasAReason()
    {
        Assert.Distinct(SupportTable.All.Select(field => (field.Message, field.Field)));
        Assert.All(SupportTable.All, field => Assert.NotEmpty(field.Reason));
    }
}
