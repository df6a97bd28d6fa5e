using Bookinfo.Mesh.TrafficConsole;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>The topology as the console tells of it.</summary>
internal static class Describe
{
    /// <summary>Every service.</summary>
    public static IReadOnlyList<ServiceDescription> Services(ServiceTopology topology) => [.. topology.Services.Select(Service)];

    /// <summary>A service.</summary>
    public static ServiceDescription Service(BookService service) => new(
        service.Name,
        service.Port,
        service.Protocol == ServiceProtocol.Grpc ? "grpc" : "http",
        service.Summary,
        service.Calls,
        [.. service.Releases.Select(release => new ReleaseDescription(release.Version, release.Summary))]);
}
