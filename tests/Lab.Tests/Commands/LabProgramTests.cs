using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.Lab;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Tests.Lab.Commands;

public sealed class LabProgramTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("'nowhere'", "--gateway", "nowhere")]
    [InlineData("--no-such-option: the Lab has no such option. See --help.", "--no-such-option")]
    [InlineData("--gatway: the Lab has no such option. Did you mean --gateway? See --help.", "--gatway", "80")]
    [InlineData("--request: canary has no such option. Did you mean --requests? See canary --help.", "canary", "--request", "5")]
    [InlineData("canry: there is no such command. Did you mean canary? See --help.", "canry")]
    [InlineData("fast: canary does not take this argument. See canary --help.", "canary", "fast")]
    [InlineData(". Did you mean reviews?", "canary", "--service", "review")]
    [InlineData("Did you mean ratings-v-faulty?", "--with", "ratings-faulty")]
    [InlineData("'25' does not fit", "canary", "--steps", "50,25,100")]
    [InlineData("the last step must be 100", "canary", "--steps", "10,50")]
    [InlineData("--service: there is no service called shelves; there are productpage, ", "canary", "--service", "shelves")]
    [InlineData("no release of reviews called v9; there are v1, v2 and v3.", "canary", "--to", "v9")]
    [InlineData("'150%' is not a share", "canary", "--max-error-rate", "150%")]
    [InlineData("expected one of the steps, 10, 25, 50, 100", "canary", "--break-at", "33")]
    [InlineData("--requests: 'many' is not a whole number", "canary", "--requests", "many")]
    [InlineData("--break-at: '1.5' is not a whole number", "canary", "--break-at", "1.5")]
    [InlineData("--seed: 'x' is not a whole number", "--seed", "x")]
    [InlineData("--with: there is no release called ratings-v9", "--with", "ratings-v9", "--gateway", "0", "--console", "0", "--kube", "0")]
    [InlineData("/no/such/rules", "--rules", "/no/such/rules", "--gateway", "0", "--console", "0", "--kube", "0")]
    [InlineData("Mesh:Pods", "mesh")]
    [InlineData("/no/such/file.json", "mesh", "--config", "/no/such/file.json")]
    public async Task Run_WrongCommandLine_IsOneSentenceOnStandardError(string expected, params string[] args)
    {
        var code = await LabProgram.RunAsync(args, _output, _error, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(expected, Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("", "bookinfo --gateway 9080 --console 9081")]
    [InlineData("check", "bookinfo check infra/rules")]
    [InlineData("test", "bookinfo test infra/rules/tests")]
    [InlineData("diff", "bookinfo diff old-rules new-rules")]
    [InlineData("migrate", "bookinfo migrate my-rules.yaml")]
    [InlineData("canary", "bookinfo canary --break-at 50")]
    [InlineData("resilience", "bookinfo resilience")]
    [InlineData("layers", "bookinfo layers --requests 100")]
    [InlineData("explain", "bookinfo explain GET http://reviews:9080/reviews/0 --from productpage")]
    [InlineData("mesh", "bookinfo mesh --config mesh.json")]
    public async Task Run_Help_EndsWithExamplesToType(string command, string expected)
    {
        string[] help = command.Length == 0 ? ["--help"] : [command, "--help"];

        Assert.Equal(ExitCodes.Ok, await LabProgram.RunAsync(help, _output, _error, TestContext.Current.CancellationToken));

        var examples = _output.ToString()[_output.ToString().IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"  {expected}{Environment.NewLine}", examples, StringComparison.Ordinal);
        Assert.Contains("dotnet run --project mesh/Lab --", examples, StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("check", "1    errors or warnings")]
    [InlineData("canary", "3    rolled back")]
    [InlineData("migrate", "2    the command line is wrong, or names something that cannot be read")]
    public async Task Run_Help_NamesTheExitCodes(string command, string expected)
    {
        await LabProgram.RunAsync([command, "--help"], _output, _error, TestContext.Current.CancellationToken);

        Assert.Contains($"  {expected}{Environment.NewLine}", _output.ToString(), StringComparison.Ordinal);
    }

    // 24 columns name the command, and a terminal has 80.
    [Fact]
    public async Task Run_Help_DescribesEachCommandInOneLine()
    {
        await LabProgram.RunAsync(["--help"], _output, _error, TestContext.Current.CancellationToken);

        var commands = _output.ToString().Split(Environment.NewLine).SkipWhile(line => line != "Commands:").Skip(1)
            .TakeWhile(line => line.Length > 0).ToList();
        Assert.NotEmpty(commands);
        Assert.DoesNotContain(commands, line => line.Length > 80);
    }

    [Fact]
    public async Task Run_CanaryHelp_ShowsDefaultsAsTheyAreTyped()
    {
        await LabProgram.RunAsync(["canary", "--help"], _output, _error, TestContext.Current.CancellationToken);

        Assert.Contains("[default: 10,25,50,100]", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_GatewayPortInUse_SaysSoAndNamesTheOption()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen(1);

        var code = await LabProgram.RunAsync(["--gateway", $"{taken.LocalEndPoint}", "--console", "0", "--kube", "0"], _output, _error,
            TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal(
            $"The gateway cannot listen on {taken.LocalEndPoint}: another program listens there. --gateway chooses another address.",
                _error.ToString().TrimEnd());
    }

    [Fact]
    public async Task Run_CanaryStoppedBeforeItsEnd_IsNoVerdict()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Equal(ExitCodes.Interrupted, await LabProgram.RunAsync(["canary"], _output, _error, stop.Token));

        Assert.Equal("Stopped before its end: whether v3 is good enough is not known.", _error.ToString().TrimEnd());
    }
}
