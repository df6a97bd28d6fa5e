using System.Net.Http.Json;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>Breaks pods by the fault switch they have themselves, past the mesh.</summary>
internal sealed class PodFaults : IDisposable
{
    private readonly HttpClient _direct = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Breaks a pod.</summary>
    /// <param name="pod">Which.</param>
    /// <param name="fault">How.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task BreakAsync(Pod pod, Fault fault, CancellationToken cancellation)
    {
        using var answer = await _direct.PutAsJsonAsync($"http://{pod.Address}/fault", fault, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _direct.Dispose();
}
