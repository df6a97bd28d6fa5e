using System.Net;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>A Lab with its Kubernetes API, and the <c>kubectl</c> that is installed.</summary>
public class LabWithKubectl : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kubectl-home-");
    private KubernetesHost _kube = null!;

    internal LabHost Lab { get; private set; } = null!;

    /// <summary>What the Lab is asked to be, beside its addresses.</summary>
    private protected virtual LabOptions Options { get; } = new() { Gateway = Any, Log = TextWriter.Null };

    /// <summary>The file by which clients find the API.</summary>
    public string Kubeconfig => _kube.Kubeconfig;

    /// <summary>Skips the test, which says so, where there is no <c>kubectl</c>.</summary>
    public static void RequireKubectl() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl"))),
        "kubectl is not installed");

    public async ValueTask InitializeAsync()
    {
        var options = Options with { Console = Any, Kube = Any };
        Lab = await LabHost.StartAsync(options, TestContext.Current.CancellationToken);
        _kube = (await KubernetesHost.StartAsync(options, Lab, TextWriter.Null, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Types a command that must succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> TypeAsync(string command, string? input = null)
    {
        var (code, output, error) = await RunAsync(command, input);
        Assert.True(code == 0, $"kubectl {command}: {error}");
        return output;
    }

    /// <summary>Types a command.</summary>
    /// <param name="command">What follows <c>kubectl</c>; words in single quotes are one.</param>
    /// <param name="input">What it reads from standard input.</param>
    public Task<(int Code, string Output, string Error)> RunAsync(string command, string? input = null) => ChildProcess.RunAsync(
        "kubectl", Split(command), [new("KUBECONFIG", Kubeconfig), new("HOME", _home.FullName)], input);

    /// <summary>Waits until fields of an object have these values.</summary>
    /// <param name="what">Kind and name.</param>
    /// <param name="path">The fields, as JSONPath of <c>kubectl</c>.</param>
    /// <param name="expected">What they come to.</param>
    public Task HasAsync(string what, string path, string expected) => Eventually.HoldsAsync(
        async () => await TypeAsync($"get {what} -o 'jsonpath={path}'") == expected, $"{what}: {expected}");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _kube.DisposeAsync();
        await Lab.DisposeAsync();
        _home.Delete(recursive: true);
    }

    private protected static IPEndPoint Any => new(IPAddress.Loopback, 0);

    private static IEnumerable<string> Split(string command) => command.Split('\'')
        .SelectMany((part, at) => at % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
