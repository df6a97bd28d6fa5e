using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.TrafficConsole.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>What runs and where.</summary>
/// <param name="Gateway">Where the way in listens, address and port, or null where there is none.</param>
/// <param name="Services">The services.</param>
public sealed record TopologyView(string? Gateway, IReadOnlyList<ServiceView> Services);

/// <summary>A service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Port">The port its name answers on.</param>
/// <param name="Protocol"><c>http</c> or <c>grpc</c>.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Calls">The services it calls.</param>
/// <param name="Releases">Its releases.</param>
public sealed record ServiceView(string Name, int Port, string Protocol, string Summary,
    IReadOnlyList<string> Calls, IReadOnlyList<ReleaseView> Releases);

/// <summary>A release of a service.</summary>
/// <param name="Version">Its version label.</param>
/// <param name="Summary">What sets it apart.</param>
/// <param name="Pods">Its pods; none where it does not run.</param>
public sealed record ReleaseView(string Version, string Summary, IReadOnlyList<PodView> Pods);

/// <summary>A pod.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Workload">The release's workload, for example <c>reviews-v2</c>.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Outbound">Where the mesh listens for what it calls, or null.</param>
/// <param name="EjectedBy">The callers whose circuit breaker leaves it out now.</param>
public sealed record PodView(string Name, string Workload, string Address, string? Outbound, IReadOnlyList<string> EjectedBy);

/// <summary>What runs, as the mesh knows it now.</summary>
internal static class TopologyApi
{
    public static void MapTopologyApi(this IEndpointRouteBuilder app) => app.MapGet("/api/topology", Get);

    private static Ok<TopologyView> Get(ConsoleOptions options)
    {
        var ejections = options.Mesh.Endpoints().Where(endpoint => endpoint.IsEjected)
            .ToLookup(endpoint => endpoint.Pod, endpoint => endpoint.Caller);
        return TypedResults.Ok(new TopologyView(
            options.Mesh.Gateway?.ToString(),
            [.. options.Services.Select(service => View(service, version => Pods(service.Name, version, options.Mesh, ejections)))]));
    }

    private static ServiceView View(ServiceDescription service, Func<string, List<PodView>> podsOf) => new(
        service.Name,
        service.Port,
        service.Protocol,
        service.Summary,
        service.Calls,
        [.. service.Releases.Select(release => new ReleaseView(release.Version, release.Summary, podsOf(release.Version)))]);

    private static List<PodView> Pods(string service, string version, MeshServer mesh, ILookup<string?, string> ejections) =>
    [
        .. mesh.Pods
            .Where(pod => pod.Workload.App == service && pod.Workload.Version == version)
            .Select(pod => new PodView(pod.Name, pod.Workload.Name, pod.Address.ToString(), pod.Outbound?.ToString(),
                [.. ejections[pod.Name].Distinct()])),
    ];
}
