using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bookinfo.Tests.Support;

namespace Bookinfo.Benchmarks.Processes;

/// <summary>A server in a process of its own, so that its CPU time and its memory are its own. Disposing ends it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly string _command;
    private readonly ChildProcess _process;

    private ServerProcess(string command, ChildProcess process) => (_command, _process) = (command, process);

    /// <summary>The user and system time so far, of the process and of the children it keeps (nginx has workers).</summary>
    public TimeSpan CpuTime => Family().Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);

    /// <summary>The resident memory in MiB, of the process and its children.</summary>
    public double ResidentMebibytes => Family().Sum(process => process.WorkingSet64) / 1024.0 / 1024.0;

    /// <summary>The folder in which Linux lists the process's open files and sockets.</summary>
    public string OpenFiles => $"/proc/{_process.Id}/fd";

    /// <summary>Starts a program of this folder (a .NET assembly) and waits until its port accepts.</summary>
    /// <param name="assembly">The assembly's file name.</param>
    /// <param name="ready">The address it listens on.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables beside the inherited ones.</param>
    public static Task<ServerProcess> StartDotnetAsync(
        string assembly, IPEndPoint ready, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        StartAsync("dotnet", ready, [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment);

    /// <summary>Starts a program and waits until its port accepts.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not listen within 30 s.</exception>
    public static async Task<ServerProcess> StartAsync(
        string program, IPEndPoint ready, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var server = new ServerProcess($"{program} {string.Join(' ', arguments)}", ChildProcess.Start(program, arguments, environment));
        await server.WaitUntilItListensAsync(ready);
        return server;
    }

    /// <summary>Waits until the process accepts connections on an address of its own.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not listen within 30 s; it is gone then.</exception>
    public async Task WaitUntilItListensAsync(IPEndPoint address)
    {
        var clock = Stopwatch.StartNew();
        while (!await AcceptsAsync(address))
        {
            if (_process.HasEnded || clock.Elapsed > Timeout)
            {
                await DisposeAsync();
                throw new InvalidOperationException($"{_command} does not listen on {address}: {_process.Error}");
            }

            await Task.Delay(5);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.DisposeAsync();
    }

    private static async Task<bool> AcceptsAsync(IPEndPoint address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private List<Process> Family()
    {
        List<Process> family = [Process.GetProcessById(_process.Id)];
        var children = $"/proc/{_process.Id}/task/{_process.Id}/children";
        if (File.Exists(children))
        {
            family.AddRange(File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => Process.GetProcessById(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))));
        }

        return family;
    }
}
