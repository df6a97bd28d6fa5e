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
    [InlineData("--no-such-option", "--no-such-option")]
    [InlineData("'25' does not fit", "canary", "--steps", "50,25,100")]
    [InlineData("the last step must be 100", "canary", "--steps", "10,50")]
    [InlineData("no service shelves", "canary", "--service", "shelves")]
    [InlineData("it has v1, v2, v3", "canary", "--to", "v9")]
    [InlineData("'150%' is no share", "canary", "--max-error-rate", "150%")]
    [InlineData("expected one of the steps, 10, 25, 50, 100", "canary", "--break-at", "33")]
    [InlineData("--requests: 'many' is no whole number", "canary", "--requests", "many")]
    [InlineData("--break-at: '1.5' is no whole number", "canary", "--break-at", "1.5")]
    [InlineData("--seed: 'x' is no whole number", "--seed", "x")]
    [InlineData("There is no release 'ratings-v9'", "--with", "ratings-v9", "--gateway", "0", "--console", "0")]
    [InlineData("/no/such/rules", "--rules", "/no/such/rules", "--gateway", "0", "--console", "0")]
    [InlineData("Mesh:Pods", "mesh")]
    [InlineData("/no/such/file.json", "mesh", "--config", "/no/such/file.json")]
    public async Task Run_WrongCommandLine_IsOneSentenceOnStandardError(string expected, params string[] args)
    {
        var code = await LabProgram.RunAsync(args, _output, _error, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(expected, Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task Run_GatewayPortInUse_SaysSoAndNamesTheOption()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen(1);

        var code = await LabProgram.RunAsync(["--gateway", $"{taken.LocalEndPoint}", "--console", "0"], _output, _error, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal($"The gateway cannot listen on {taken.LocalEndPoint}: another program listens there. --gateway chooses another address.", _error.ToString().TrimEnd());
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
