using System.Diagnostics;
using System.Text;

namespace Bookinfo.Tests.Support;

/// <summary>A program as a process of its own, as a person would start it. Disposing ends it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;

    private ChildProcess(ProcessStartInfo start, string? input)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, _output), ReadAsync(_process.StandardError, _error));
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it is over.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => TextOf(_output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => TextOf(_error);

    /// <summary>Starts a .NET program that the build left beside the tests.</summary>
    /// <param name="assembly">Its assembly, for example <c>Bookinfo.Ratings</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Settings beside those of the test run.</param>
    public static ChildProcess StartDotnet(string assembly,
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>>? environment = null) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), .. arguments], environment, AppContext.BaseDirectory);

    /// <summary>Starts a line of a shell, as a person types it in the repository's folder.</summary>
    /// <param name="line">The line, for bash.</param>
    public static ChildProcess StartShell(string line) => Start("bash", ["-c", line], folder: Repository.Root);

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its file, or its name on the PATH.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Settings beside those of the test run.</param>
    /// <param name="folder">Where it works; the test run's folder where unset.</param>
    /// <param name="input">What it reads from standard input, which ends after that.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>>? environment = null, string? folder = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(start, input);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its file, or its name on the PATH.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Settings beside those of the test run.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>>? environment = null, string? input = null)
    {
        await using var process = Start(program, arguments, environment, input: input);
        return (await process.EndsAsync(), process.Output, process.Error);
    }

    /// <summary>Waits until it has written that text to standard output.</summary>
    /// <exception cref="TimeoutException">It has not, or it has ended.</exception>
    public Task SaysAsync(string text) => UntilAsync(() => Output.Contains(text, StringComparison.Ordinal), $"say '{text}'");

    /// <summary>Waits until it has written that text to standard error.</summary>
    /// <exception cref="TimeoutException">It has not, or it has ended.</exception>
    public Task ComplainsAsync(string text) => UntilAsync(() => Error.Contains(text, StringComparison.Ordinal), $"complain of '{text}'");

    /// <summary>Waits for its end.</summary>
    /// <param name="limit">How long to wait; a minute where unset.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndsAsync(TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? Timeout);
        await _process.WaitForExitAsync(timeout.Token);
        await _reading.WaitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends it SIGTERM, as the kubelet does.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Sends it a signal.</summary>
    /// <param name="name">Such as <c>STOP</c>.</param>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it at once, with what it started.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Sends it SIGTERM and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> TerminateAsync()
    {
        Terminate();
        return EndsAsync();
    }

    /// <summary>Ends it so that it tidies up, where the system has a signal for that.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited && !OperatingSystem.IsWindows())
            {
                await TerminateAsync();
            }
        }
        finally
        {
            if (!_process.HasExited)
            {
                Kill();
            }

            _process.Dispose();
        }
    }

    private static async Task ReadAsync(StreamReader stream, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            lock (text)
            {
                text.Append(buffer, 0, read);
            }
        }
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > Timeout)
            {
                throw new TimeoutException($"The process did not {what}. It said: {Output} and on standard error: {Error}");
            }

            await Task.Delay(10);
        }
    }
}
