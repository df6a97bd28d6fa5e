using System.Text.Json;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class DiffCommandTests : CommandTest
{
    [Fact]
    public async Task Diff_SameRules_AreEquivalent()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("diff", Demo("reviews-v3"), Demo("reviews-v3")));
        Assert.Equal("Equivalent: every request goes by the new rules as by the old ones.", Output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Diff_RuleForOneReader_IsShownByARequestOfThatReader()
    {
        Assert.Equal(ExitCodes.Failed, await RunAsync("diff", Demo("all-v1"), Demo("reviews-jason-v2")));
        Assert.Contains("GET http://reviews/ -H \"end-user: jason\", from productpage-v1", Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("markdown", "### What this change of rules does")]
    [InlineData("json", "{")]
    public async Task Diff_Output_IsAsAskedFor(string format, string start)
    {
        await RunAsync("diff", Demo("reviews-50-50"), Demo("reviews-90-10"), "-o", format);

        Assert.StartsWith(start, Output.ToString(), StringComparison.Ordinal);
        if (format == "json")
        {
            var difference = Assert.Single(JsonDocument.Parse(Output.ToString()).RootElement.GetProperty("differences").EnumerateArray());
            Assert.Equal("destination", difference.GetProperty("changes")[0].GetProperty("aspect").GetString());
        }
    }

    [Fact]
    public async Task Diff_RulesWithErrors_AreNamed()
    {
        var file = Path.Combine(Folder.FullName, "wrong.yaml");
        await File.WriteAllTextAsync(file,
            (await File.ReadAllTextAsync(Demo("reviews-v3"))).Replace("route:", "rout:", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Failed, await RunAsync("diff", Demo("reviews-v3"), file));
        Assert.Contains($"{file}:", Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Output.ToString());
    }

    [Fact]
    public async Task Diff_FileThatIsNotThere_IsOneSentence()
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync("diff", Demo("reviews-v3"), "/no/such/rules"));
        Assert.Contains("/no/such/rules", Assert.Single(Error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
