using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Bookinfo.Tests.Support;

/// <summary>A service as a process of its own, on a free loopback port.</summary>
public sealed class ServiceProcessUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private ServiceProcessUnderTest(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, _error);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Talks to it.</summary>
    public HttpClient Client { get; }

    /// <summary>What it wrote to standard output and standard error so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>What of it went to standard error: the two streams come in no order between them.</summary>
    public string Error
    {
        get
        {
            lock (_output)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>Starts <c>dotnet {assembly}</c>; it need not be ready when this returns.</summary>
    /// <param name="program">A type of the service's assembly, for example its program's.</param>
    /// <param name="settings">Its environment, over that of the test run.</param>
    public static ServiceProcessUnderTest Start(Type program, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(settings);
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path
            && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(program.Assembly.Location);
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return new ServiceProcessUnderTest(Process.Start(start)!, address);
    }

    /// <summary>Waits until it answers its readiness probe with 200.</summary>
    public Task WaitUntilReadyAsync() =>
        Eventually.HoldsAsync(async () => await ReadinessAsync() == 200, "the process is ready", TimeSpan.FromSeconds(60));

    /// <summary>The status of its readiness probe; 0 where nothing listens.</summary>
    public async Task<int> ReadinessAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready");
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>Sends SIGTERM, as the kubelet does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line, StringBuilder? also = null)
    {
        lock (_output)
        {
            _output.AppendLine(line);
            also?.AppendLine(line);
        }
    }
}
