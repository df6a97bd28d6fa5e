using System.Text.Json;
using System.Xml.Linq;
using Bookinfo.Mesh.Lab;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class TestCommandTests : IDisposable
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
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-test-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Test_TheDemosOwnRules_PassAndEachIsReached()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("test", Repository.PathOf("infra", "rules", "tests"), "--coverage", "100"));
        Assert.EndsWith(": all pass", _output.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Test_RulesOfTheCommandLine_AreAsked()
    {
        Assert.Equal(ExitCodes.Ok, await RunAsync("test", Write("tests.yaml", JasonSeesV2), "--rules", JasonToV2));
        Assert.Equal("1 case: all pass", _output.ToString().TrimEnd());
    }

    [Fact]
    public async Task Test_RulesThatTheFileNames_AreRelativeToIt()
    {
        File.Copy(JasonToV2, Path.Combine(_folder.FullName, "mine.yaml"));

        Assert.Equal(ExitCodes.Ok, await RunAsync("test", Write("tests.yaml", $"rules: [mine.yaml]\n{JasonSeesV2}")));
    }

    [Fact]
    public async Task Test_WithoutRules_AsksThoseThatALabStartsWith()
    {
        var file = Write("tests.yaml", JasonSeesV2);

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", file));
        Assert.Contains($"{file}:2: failed: jason sees v2", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("actual:   reviews.default.svc.cluster.local:9080 subset v1", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_TestsThatCannotBeRead_AreNamedAndFail()
    {
        var file = Write("tests.yaml", "cases:\n- nam: x\n");

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", file, "--rules", JasonToV2));
        Assert.Contains($"{file}:2:3: error: cases[0].nam: case has no field \"nam\" (did you mean name?)", _error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_RulesWithErrors_AreNamedAndFail()
    {
        var rules = Write("rules.yaml", (await File.ReadAllTextAsync(JasonToV2)).Replace("route:", "rout:", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", Write("tests.yaml", JasonSeesV2), "--rules", rules));
        Assert.Contains($"{rules}:", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50", ExitCodes.Ok)]
    [InlineData("90%", ExitCodes.Failed)]
    public async Task Test_CoverageThreshold_DecidesTheExitCode(string threshold, int expected)
    {
        Assert.Equal(expected, await RunAsync("test", Write("tests.yaml", JasonSeesV2), "--rules", JasonToV2, "--coverage", threshold));
        Assert.Contains("no case reaches VirtualService/reviews spec.http[1]", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("coverage: 1 of 2 rules and matches (50 %", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_Output_IsOneOfFourFormats()
    {
        var (tests, junit) = (Write("tests.yaml", JasonSeesV2), Path.Combine(_folder.FullName, "junit.xml"));

        Assert.Equal(ExitCodes.Failed, await RunAsync("test", tests, "-o", "json", "--junit", junit));
        Assert.Equal(1, JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("failures").GetInt32());
        Assert.Single(XDocument.Load(junit).Descendants("failure"));

        _output.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Failed, await RunAsync("test", tests, "-o", "github"));
        Assert.StartsWith($"::error file={tests},line=2,", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--coverage: 'much' is not a percentage", "--coverage", "much")]
    [InlineData("/no/such/rules", "--rules", "/no/such/rules")]
    [InlineData("--junit: /no/such/folder/junit.xml cannot be written", "--junit", "/no/such/folder/junit.xml")]
    public async Task Test_WrongCommandLine_IsOneSentence(string expected, params string[] options)
    {
        Assert.Equal(ExitCodes.Usage, await RunAsync(["test", Write("tests.yaml", JasonSeesV2), .. options]));
        Assert.Contains(expected, Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_Watch_RunsAgainAfterAChange()
    {
        var tests = Write("tests.yaml", JasonSeesV2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var output = TextWriter.Synchronized(_output);
        var running = LabProgram.RunAsync(["test", tests, "--rules", JasonToV2, "--watch"], output, _error, stop.Token);
        await Eventually.HoldsAsync(() => Text().Contains("Watching", StringComparison.Ordinal), "the command watches");

        await File.WriteAllTextAsync(tests, JasonSeesV2.Replace("subset: v2", "subset: v3", StringComparison.Ordinal));

        await Eventually.HoldsAsync(() => Text().Contains("1 case: 1 failed", StringComparison.Ordinal), "the case fails");
        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Ok, await running);

        string Text()
        {
            lock (output)
            {
                return _output.ToString();
            }
        }
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private Task<int> RunAsync(params string[] args) => LabProgram.RunAsync(args, _output, _error, TestContext.Current.CancellationToken);
}
