using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.TrafficConsole.Model;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.TrafficConsole.Faults;

/// <summary>
/// Breaks and heals pods by the fault switch that each has itself, past the mesh: what the mesh then sees is a pod that really fails. What
/// the switches say is asked again from time to time, because others can turn them, too.
/// </summary>
/// <param name="mesh">The mesh that knows the pods.</param>
/// <param name="options">The services, for the protocol that a pod speaks, and where changes are logged.</param>
internal sealed partial class PodFaults(MeshServer mesh, ConsoleOptions options) : IDisposable
{
    private readonly ILogger _logger = options.Logging.CreateLogger<PodFaults>();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    private readonly ConcurrentDictionary<string, PodCondition> _conditions = new(StringComparer.Ordinal);

    /// <summary>How a pod was when it was last asked.</summary>
    /// <param name="pod">Its name.</param>
    public PodCondition Of(string pod) => _conditions.GetValueOrDefault(pod, PodCondition.Healthy);

    /// <summary>Turns a pod's switch.</summary>
    /// <param name="name">The pod's name.</param>
    /// <param name="fault">How it is broken; null heals it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PodFaultException">The pod is unknown, has no switch or does not answer.</exception>
    public async Task SwitchAsync(string name, Fault? fault, CancellationToken cancellation)
    {
        var pod = mesh.Pods.FirstOrDefault(pod => pod.Name == name)
            ?? throw new PodFaultException(HttpStatusCode.NotFound, $"There is no pod {name}; GET /api/topology names them.");
        using var request = Request(fault is null ? HttpMethod.Delete : HttpMethod.Put, pod);
        request.Content = fault is null ? null : JsonContent.Create(fault, FaultJson.Default.Fault);
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                throw new PodFaultException(
                    HttpStatusCode.Conflict,
                    $"The pod {name} has no fault switch, or does not take this: it answered {(int)answer.StatusCode}.");
            }
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PodFaultException(HttpStatusCode.GatewayTimeout, $"The pod {name} at {pod.Address} did not answer in time.");
        }
        catch (HttpRequestException e)
        {
            throw new PodFaultException(HttpStatusCode.BadGateway, $"The pod {name} cannot be reached at {pod.Address}: {e.Message}");
        }

        _conditions[name] = fault is null ? PodCondition.Healthy : new PodCondition(IsUp: true, fault);
        Switched(_logger, name, fault is null ? "healed" : "broken on purpose");
    }

    /// <summary>Asks every pod how its switch stands. A pod that does not answer is down; one without a switch counts as healthy.</summary>
    /// <param name="cancellation">Gives up.</param>
    public Task RefreshAsync(CancellationToken cancellation) => Task.WhenAll(mesh.Pods.Select(pod => RefreshAsync(pod, cancellation)));

    /// <summary>Heals every pod that is broken, as far as it answers.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The names of the pods that could not be healed.</returns>
    public async Task<IReadOnlyList<string>> HealAllAsync(CancellationToken cancellation)
    {
        await RefreshAsync(cancellation);
        List<string> left = [];
        foreach (var pod in mesh.Pods.Where(pod => Of(pod.Name).Fault is not null))
        {
            try
            {
                await SwitchAsync(pod.Name, fault: null, cancellation);
            }
            catch (PodFaultException)
            {
                left.Add(pod.Name);
            }
        }

        return left;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task RefreshAsync(Pod pod, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, pod);
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            var fault = answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync(FaultJson.Default.Fault, cancellation)
                : null;
            _conditions[pod.Name] = new PodCondition(IsUp: true, fault is { Percent: > 0 } ? fault : null);
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            _conditions[pod.Name] = Of(pod.Name) with { IsUp = e is System.Text.Json.JsonException };
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Pod pod)
    {
        var request = new HttpRequestMessage(method, $"http://{pod.Address}/fault");
        if (options.Services.Any(service => service.Name == pod.Workload.App && service.Protocol == "grpc"))
        {
            // A gRPC server without TLS speaks HTTP/2 only.
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }

        return request;
    }

    [LoggerMessage(1, LogLevel.Warning, "The pod {Pod} is {State}.")]
    private static partial void Switched(ILogger logger, string pod, string state);
}

/// <summary>How a pod is.</summary>
/// <param name="IsUp">It answers.</param>
/// <param name="Fault">How it is broken on purpose; null where it is not.</param>
internal sealed record PodCondition(bool IsUp, Fault? Fault)
{
    /// <summary>Up, and not broken.</summary>
    public static PodCondition Healthy { get; } = new(IsUp: true, Fault: null);
}

/// <summary>A pod's switch could not be turned. The message is a whole sentence.</summary>
/// <param name="status">The status for the caller of the API.</param>
/// <param name="message">What stands in the way.</param>
internal sealed class PodFaultException(HttpStatusCode status, string message) : Exception(message)
{
    /// <summary>The status for the caller of the API.</summary>
    public HttpStatusCode Status { get; } = status;
}
