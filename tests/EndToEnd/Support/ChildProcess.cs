using System.Diagnostics;
using System.Text;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd.Support;

/// <summary>One of the project's programs as a process of its own, as a person would start it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>Starts a program of this repository.</summary>
    /// <param name="assembly">Its assembly, for example <c>Bookinfo.Ratings</c>.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Settings beside those of the test run.</param>
    public static ChildProcess Start(string assembly,
        IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(new Process { StartInfo = start });
    }

    /// <summary>Starts a line of a shell, as a person types it in the repository's folder.</summary>
    /// <param name="line">The line, for bash.</param>
    public static ChildProcess StartShell(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", line])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        return new ChildProcess(new Process { StartInfo = start });
    }

    /// <summary>Waits until it has written that text to standard output.</summary>
    /// <exception cref="TimeoutException">It has not, or it has ended.</exception>
    public Task SaysAsync(string text) => UntilAsync(() => Output.Contains(text, StringComparison.Ordinal), $"say '{text}'");

    /// <summary>Waits until it has written that text to standard error.</summary>
    /// <exception cref="TimeoutException">It has not, or it has ended.</exception>
    public Task ComplainsAsync(string text) => UntilAsync(() => Error.Contains(text, StringComparison.Ordinal), $"complain of '{text}'");

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends it SIGTERM and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await EndsAsync();
    }

    /// <summary>Ends it so that it tidies up, where the system has a signal for that.</summary>
    private async Task EndAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            return;
        }

        try
        {
            await TerminateAsync();
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await EndAsync();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }
    }

    private static string Read(StringBuilder text)
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
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"The process did not {what}. It said: {Output} and on standard error: {Error}");
            }

            await Task.Delay(10);
        }
    }
}
