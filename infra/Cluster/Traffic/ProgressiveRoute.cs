using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;

namespace Bookinfo.Cluster.Traffic;

/// <summary>
/// What Argo Rollouts wants to find: a named route to the subsets stable and canary (argo-rollouts
/// <c>docs/features/traffic-management/istio.md</c>). From
/// then on it owns the weights, and the labels that tell the two apart.
/// </summary>
internal static class ProgressiveRoute
{
    /// <summary>The name of the VirtualService and of the DestinationRule, beside those that have the service's own name.</summary>
    public static string RuleName(BookService service) => $"{service.Name}-delivery";

    /// <summary>The name of the route.</summary>
    public const string Name = "primary";

    /// <summary>The subset of the pods of the last release that was found good.</summary>
    public const string Stable = "stable";

    /// <summary>The subset of the pods of the release that comes.</summary>
    public const string Canary = "canary";

    /// <summary>Everything to the stable pods, as long as no canary flies.</summary>
    public static HttpRoute Of(BookService service) => new() { Name = Name, Route = [To(service, Stable, 100), To(service, Canary, 0)] };

    /// <summary>Both subsets, still alike.</summary>
    public static List<Subset> Subsets(BookService service) => [Subset(service, Stable), Subset(service, Canary)];

    private static HttpRouteDestination To(BookService service, string subset, int weight) =>
        new() { Destination = new Destination { Host = service.Name, Subset = subset }, Weight = weight };

    private static Subset Subset(BookService service, string name) => new()
    {
        Name = name,
        Labels = new Dictionary<string,
        string>
        { ["app"] = service.Name },
    };
}
