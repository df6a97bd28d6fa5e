using System.Text;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Istio.Model;

public sealed class UnsupportedFieldsTests
{
    /// <summary>The page in the docs has the table of the code; the message of a failure is the table as it should be.</summary>
    [Fact]
    public void Unsupported_PageInTheDocs_HasTheSameTable()
    {
        var table = new StringBuilder("| in | field | why not |\n|---|---|---|\n");
        foreach (var field in UnsupportedFields.All)
        {
            table.Append(null, $"| {field.Message} | `{field.Field}` | {field.Reason} |\n");
        }

        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "support.md"));
        Assert.True(page.Contains(table.ToString(), StringComparison.Ordinal), $"docs/support.md should have:\n{table}");
    }

    [Fact]
    public void Unsupported_EachField_IsThereOnceAndHasAReason()
    {
        Assert.Distinct(UnsupportedFields.All.Select(field => (field.Message, field.Field)));
        Assert.All(UnsupportedFields.All, field => Assert.NotEmpty(field.Reason));
    }
}
