using System.Net;
using Bookinfo.Benchmarks.Processes;
using Bookinfo.Tests.Support;

namespace Bookinfo.Benchmarks.Suites;

/// <summary>The Lab in a process of its own, as its users start it, on free ports.</summary>
internal sealed record LabProcess(ServerProcess Process, IPEndPoint Gateway, IPEndPoint Console) : IAsyncDisposable
{
    /// <summary>Starts the Lab and waits until its gateway accepts.</summary>
    public static async Task<LabProcess> StartAsync()
    {
        var (gateway, console) = (FreePort.NextEndPoint(), FreePort.NextEndPoint());
        var process = await ServerProcess.StartDotnetAsync("bookinfo.dll", gateway,
            ["--gateway", gateway.ToString(), "--console", console.ToString(), "--kube", "0"]);
        return new LabProcess(process, gateway, console);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
