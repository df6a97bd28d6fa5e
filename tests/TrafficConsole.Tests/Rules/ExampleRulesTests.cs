using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Tests.TrafficConsole.Rules;

public sealed class ExampleRulesTests
{
    [Theory]
    [InlineData("# One line.\nkind: X\n", "One line.")]
    [InlineData("# Two\n#   lines.\n\nkind: X\n", "Two lines.")]
    [InlineData("kind: X\n# Not the first.\n", "")]
    [InlineData("", "")]
    public void From_File_HasItsFirstCommentAsSummary(string text, string summary)
    {
        var example = ExampleRules.From(new RuleSource("some/folder/a.yaml", text));
        Assert.Equal(new ExampleRules("a.yaml", summary, text), example);
    }
}
