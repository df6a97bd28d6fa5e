using Bookinfo.Tests.EndToEnd.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

public sealed class CommandTests
{
    [Fact]
    public async Task Canary_HealthyRelease_EndsWithAllTheTraffic()
    {
        await using var canary = Lab("canary", "--requests", "200", "--rate", "0", "--seed", "1");

        Assert.Equal(0, await canary.EndsAsync());
        Assert.Contains("v3 has all the traffic.", canary.Output, StringComparison.Ordinal);
        Assert.Contains("promoted", canary.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', canary.Output);
        Assert.Empty(canary.Error.Trim());
    }

    [Fact]
    public async Task Canary_BrokenHalfWay_IsRolledBack()
    {
        await using var canary = Lab("canary", "--requests", "200", "--rate", "0", "--seed", "1", "--break-at", "50");

        Assert.Equal(3, await canary.EndsAsync());
        Assert.Contains("too many errors", canary.Output, StringComparison.Ordinal);
        Assert.Contains("v1 has all the traffic again.", canary.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canary_ReleaseThatFailsByItself_IsRolledBackAtTheFirstStep()
    {
        await using var canary =
            Lab("canary", "--service", "ratings", "--to", "v-faulty", "--requests", "200", "--rate", "0", "--seed", "1");

        Assert.Equal(3, await canary.EndsAsync());
        Assert.DoesNotContain("25 % to", canary.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_GoodRules_Is0()
    {
        await using var check = Lab("check", Path.Combine(AppContext.BaseDirectory, "rules"));

        Assert.Equal(0, await check.EndsAsync());
    }

    [Fact]
    public async Task Check_UnknownField_Is1AndNamesPlaceAndNearestName()
    {
        var file = Path.GetTempFileName();
        try
        {
            var text = await File.ReadAllTextAsync(RunningLab.RuleFile("reviews-90-10.yaml"));
            await File.WriteAllTextAsync(file, text.Replace("weight: 10", "wieght: 10", StringComparison.Ordinal));
            await using var check = Lab("check", file);

            Assert.Equal(1, await check.EndsAsync());
            Assert.Matches($"(?m)^{file}:[0-9]+:[0-9]+: error: VirtualService/reviews spec\\.http\\[0\\]\\.route\\[1\\].*wieght.*weight",
                check.Output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Explain_LabThatRuns_AnswersByTheRulesInForceThere()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(HttpMethod.Put, "reviews-v3.yaml");
        await using var explain = Lab("explain", "GET", "http://reviews:9080/reviews/0", "--from", "productpage", "--console",
            lab.Console.BaseAddress!.Authority);

        Assert.Equal(0, await explain.EndsAsync());
        Assert.Contains("subset v3", explain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_WrongOption_Is2WithOneSentence()
    {
        await using var wrong = Lab("--gateway", "nowhere");

        Assert.Equal(2, await wrong.EndsAsync());
        Assert.Single(wrong.Error.Trim().Split('\n'));
    }

    private static ChildProcess Lab(params string[] arguments) => ChildProcess.StartDotnet("bookinfo", arguments);
}
