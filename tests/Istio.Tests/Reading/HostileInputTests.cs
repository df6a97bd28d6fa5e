using System.Text;
using Bookinfo.Mesh.Istio;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>Input that wants memory or time out of proportion. Each case ends in a problem, long before the runner's own limit.</summary>
public sealed class HostileInputTests
{
    [Fact]
    public void Read_BillionLaughs_IsRefused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append(null, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Contains("aliases expanded", Assert.Single(Rules.Read(text.ToString()).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BillionLaughsByMergeKeys_IsRefused()
    {
        var text = new StringBuilder("a0: &a0 {x: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n");
        for (var i = 1; i < 12; i++)
        {
            var entries = string.Join(", ", Enumerable.Range(0, 10).Select(j => $"k{j}: *a{i - 1}"));
            text.Append(null, $"a{i}: &a{i} {{<<: *a{i - 1}, {entries}}}\n");
        }

        Assert.Contains("aliases expanded", Assert.Single(Rules.Read(text.ToString()).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Read_DeepNesting_IsRefused(string opening)
    {
        var problem = Assert.Single(Rules.Read(string.Concat(Enumerable.Repeat(opening, 20_000))).Problems);
        Assert.Equal("values are nested more than 64 deep", problem.Message);
    }

    [Fact]
    public void Read_MoreThanAMillionValues_IsRefused()
    {
        var text = $"a: [{string.Concat(Enumerable.Repeat("1,", 1_100_000))}]";
        Assert.Contains("more than 1,000,000 values", Assert.Single(Rules.Read(text).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LongerThanTheLimit_IsRefusedUnread()
    {
        var problem = Assert.Single(Rules.Read(new string(' ', RuleFiles.LargestFile + 1)).Problems);
        Assert.Equal("the text is longer than 8 MiB", problem.Message);
    }

    [Fact]
    public void Read_TensOfThousandsOfHostsAndPrefixes_AreComparedWithoutEachWithEach()
    {
        var hosts = string.Join(", ", Enumerable.Range(0, 40_000).Select(i => $"\"*.h{i}.example.com\""));
        var matches = string.Join(", ", Enumerable.Range(0, 40_000).Select(i => $"{{uri: {{prefix: /p{i}/}}}}"));
        var reading = Rules.Read(
            Rules.VirtualService($"hosts: [{hosts}]\nhttp: [{{match: [{matches}], route: [{{destination: {{host: reviews}}}}]}}]"));
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Read_ManyAnchorsOfBrokenRoutes_SaysEachResourcesProblemsAHundredTimesAtMost()
    {
        var route = "&r {match: [&m {uri: {prfix: /}}, *m, *m, *m, *m, *m, *m, *m, *m, *m], route: [{destination: {host: 5}}]}";
        var routes = string.Join(", ", Enumerable.Repeat("*r", 2_000));
        Assert.Equal(100, Rules.Read(Rules.VirtualService($"hosts: [reviews]\nhttp: [{route}, {routes}]")).Problems.Count);
    }
}
