using System.Net.Http.Json;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>Breaks pods by the fault switch they have themselves, past the mesh.</summary>
internal sealed class PodFaults : IDisposable
{
    private readonly HttpClient _direct = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Breaks a pod.</summary>
    /// <param name="pod">Which.</param>
    /// <param name="fault">How.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task BreakAsync(Pod pod, PodFault fault, CancellationToken cancellation)
    {
        using var answer = await _direct.PutAsJsonAsync(
            $"http://{pod.Address}/fault",
                new { percent = fault.Percent, status = fault.Status, delayMilliseconds = fault.Delay.TotalMilliseconds }, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _direct.Dispose();
}

/// <summary>How a pod is broken.</summary>
/// <param name="Percent">The share of answers, 0 to 100.</param>
/// <param name="Status">The status they have; 0 for the true one.</param>
/// <param name="Delay">How long they wait first.</param>
internal sealed record PodFault(double Percent, int Status = 503, TimeSpan Delay = default);
