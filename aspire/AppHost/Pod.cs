using System.Globalization;
using Bookinfo.Topology;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.AppHost;

/// <summary>One running copy of a release: a resource of the dashboard, and a pod that the mesh balances over.</summary>
/// <param name="Number">Its place in the mesh's list, from 0.</param>
/// <param name="Planned">What it is a copy of.</param>
/// <param name="Port">The port on which it answers.</param>
/// <param name="OutboundPort">The port on which the mesh listens for what it calls, where it calls other services.</param>
internal sealed record Pod(int Number, PlannedPod Planned, int Port, int OutboundPort)
{
    /// <summary>The name of the endpoint on which it answers.</summary>
    public const string Endpoint = "http";

    // Far below the ports that systems hand out by themselves (32768 and up), and the same on every start.
    private const int FirstPort = 19001;
    private const int FirstOutboundPort = 15001;

    /// <summary>The service that it belongs to.</summary>
    public BookService Service => Planned.Service;

    /// <summary>The release of that service.</summary>
    public Release Release => Planned.Release;

    /// <summary>
    /// The resource's name and the pod's: the workload's, <c>reviews-v2</c>, and for further copies <c>reviews-v2-2</c> and so on.
    /// </summary>
    public string Name => Planned.Replica == 1 ? Planned.Workload
        : string.Create(CultureInfo.InvariantCulture, $"{Planned.Workload}-{Planned.Replica}");

    /// <summary>The name of the mesh's endpoint for what it calls.</summary>
    public string OutboundEndpoint => $"outbound-{Name}";

    /// <summary>Plans the pods.</summary>
    /// <param name="system">The system.</param>
    /// <param name="configuration">
    /// <c>with</c> names optional releases that run all the same, separated by commas (<c>--with ratings-v-faulty</c>);
    /// <c>Replicas:reviews-v2</c> says how many pods a release has; <c>Ports:Pods</c> and <c>Ports:Outbound</c> are the first ports of pods
    /// and of the mesh's listeners for them.
    /// </param>
    /// <exception cref="InvalidOperationException">There is no such release, or a number is out of its range.</exception>
    public static IReadOnlyList<Pod> Plan(ServiceTopology system, IConfiguration configuration)
    {
        var optional = (configuration["with"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var replicas = configuration.GetSection("Replicas").GetChildren()
            .ToDictionary(section => section.Key, section => configuration.Number(section.Path, 0, 0, PodPlan.MaxReplicas));
        var port = configuration.Number("Ports:Pods", FirstPort, 1, ushort.MaxValue);
        var outbound = configuration.Number("Ports:Outbound", FirstOutboundPort, 1, ushort.MaxValue);
        try
        {
            return [.. PodPlan.Make(system, optional, replicas)
                .Select((planned, number) => new Pod(number, planned, port + number, outbound + number))];
        }
        catch (KeyNotFoundException unknown)
        {
            throw new InvalidOperationException(unknown.Message, unknown);
        }
    }
}
