using System.Text.Json;
using System.Xml.Linq;
using Bookinfo.Mesh.Lab;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class TestCommandTests : CommandTest
{
    private const string JasonSeesV2 = """
        cases:
        - name: jason sees v2
          from: productpage
          request: GET http://reviews:9080/reviews/0
          headers: {end-user: jason}
          expect: {destination: reviews, subset: v2}

        """;

    private static readonly string JasonToV2 = Path.Combine(AppContext.BaseDirectory, "rules", "reviews-jason-v2.yaml");
    [Fact]
    public async Task Test_TheDemosOwnRules_PassAndEachIsReached()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("test", Repository.PathOf("infra", "rules", "tests"), "--coverage", "100"));
        Assert.EndsWith(": all pass", Output.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(Error.ToString());
    }

    [Fact]
    public async Task Test_RulesOfTheCommandLine_AreAsked()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("test", Write("tests.yaml", JasonSeesV2), "--rules", JasonToV2));
        Assert.Equal("1 case: all pass", Output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Test_RulesThatTheFileNames_AreRelativeToIt()
    {
        File.Copy(JasonToV2, Path.Combine(Folder.FullName, "mine.yaml"));

        Assert.Equal(ExitCodes.Ok, await RunAsync("test", Write("tests.yaml", $"rules: [mine.yaml]\n{JasonSeesV2}")));
    }

    [Fact]
    public async Task Test_FolderOfRulesAndTests_AsksItsOwnRules()
    {
        File.Copy(JasonToV2, Path.Combine(Folder.FullName, "mine.yaml"));
        Write("tests.yaml", JasonSeesV2);
        Write(".lint.yml", "linters: {}");

        Assert.Equal(ExitCodes.Ok, await RunAsync("test", Folder.FullName));
        Assert.Equal("1 case: all pass", Output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Test_FolderWithoutTests_SaysSo()
    {
        File.Copy(JasonToV2, Path.Combine(Folder.FullName, "mine.yaml"));

        Assert.Equal(ExitCodes.Usage, await RunAsync("test", Folder.FullName));
        Assert.Contains("there are no tests here", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithoutRules_AsksThoseThatALabStartsWith()
    {
        var file = Write("tests.yaml", JasonSeesV2);

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", file));
        Assert.Contains($"{file}:2: failed: jason sees v2", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("actual:   reviews.default.svc.cluster.local:9080 subset v1", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_TestsThatCannotBeRead_AreNamedAndFail()
    {
        var file = Write("tests.yaml", "cases:\n- nam: x\n");

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", file, "--rules", JasonToV2));
        Assert.Contains($"{file}:2:3: error: cases[0].nam: case has no field \"nam\" (did you mean name?)", Error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_RulesWithErrors_AreNamedAndFail()
    {
        var rules = Write("rules.yaml", (await File.ReadAllTextAsync(JasonToV2)).Replace("route:", "rout:", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", Write("tests.yaml", JasonSeesV2), "--rules", rules));
        Assert.Contains($"{rules}:", Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50", ExitCodes.Ok)]
    [InlineData("90%", ExitCodes.Failed)]
    public async Task Test_CoverageThreshold_DecidesTheExitCode(string threshold, int expected)
    {
        Assert.Equal(expected, await RunAsync("test", Write("tests.yaml", JasonSeesV2), "--rules", JasonToV2, "--coverage", threshold));
        Assert.Contains("no case reaches VirtualService/reviews spec.http[1]", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("coverage: 1 of 2 rules and matches (50 %", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_Output_IsOneOfFourFormats()
    {
        var (tests, junit) = (Write("tests.yaml", JasonSeesV2), Path.Combine(Folder.FullName, "junit.xml"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", tests, "-o", "json", "--junit", junit));
        Assert.Equal(1, JsonDocument.Parse(Output.ToString()).RootElement.GetProperty("failures").GetInt32());
        Assert.Single(XDocument.Load(junit).Descendants("failure"));

        Output.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Failed, await RunAsync("test", tests, "-o", "github"));
        Assert.StartsWith($"::error file={tests},line=2,", Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--coverage: 'much' is not a percentage", "--coverage", "much")]
    [InlineData("/no/such/rules", "--rules", "/no/such/rules")]
    [InlineData("--junit: /no/such/folder/junit.xml cannot be written", "--junit", "/no/such/folder/junit.xml")]
    public async Task Test_WrongCommandLine_IsOneSentence(string expected, params string[] options)
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync(["test", Write("tests.yaml", JasonSeesV2), .. options]));
        Assert.Contains(expected, Assert.Single(Error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_Watch_RunsAgainAfterAChange()
    {
        var tests = Write("tests.yaml", JasonSeesV2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var output = TextWriter.Synchronized(Output);
        var running = LabProgram.RunAsync(["test", tests, "--rules", JasonToV2, "--watch"], output, Error, stop.Token);
        await Eventually.HoldsAsync(() => Text().Contains("Watching", StringComparison.Ordinal), "the command watches");

        await File.WriteAllTextAsync(tests, JasonSeesV2.Replace("subset: v2", "subset: v3", StringComparison.Ordinal));

        await Eventually.HoldsAsync(() => Text().Contains("1 case: 1 failed", StringComparison.Ordinal), "the case fails");
        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Ok, await running);

        string Text()
        {
            lock (output)
            {
                return Output.ToString();
            }
        }
    }
}
