using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using HttpRoute = Bookinfo.Mesh.Istio.Model.HttpRoute;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>
/// Splits a service's traffic over its releases: the VirtualService for the service as it is in force, with other weights. Rules with
/// matches (for one user, for one path) stay; what changes is the route for every other request.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="services">By which names it is known.</param>
internal sealed class TrafficShift(string service, KnownServices services)
{
    private readonly string[] _names = [service, HostNames.OfService(service, services.Namespace, services.ClusterDomain)];

    /// <summary>Which rule splits the traffic that no match takes, and how; null where the pods of all releases take turns.</summary>
    /// <param name="rules">The rules in force.</param>
    public (VirtualService Rule, IReadOnlyList<ReleaseShare> Shares)? Asked(RuleSet rules)
    {
        var versions = Versions(rules);
        if (rules.VirtualServices.FirstOrDefault(IsForService) is not { } rule
            || rule.Http.FirstOrDefault(IsOpen) is not { } open
            || Foreign(open, versions) is not null)
        {
            return null;
        }

        var total = open.Route.Count == 1 ? 1 : open.Route.Sum(entry => entry.Weight);
        var shares = open.Route
            .Where(entry => open.Route.Count == 1 || entry.Weight > 0)
            .Select(entry => new ReleaseShare(
                versions[entry.Destination.Subset!], open.Route.Count == 1 ? 100 : (int)Math.Round(entry.Weight * 100.0 / total)));
        return (rule, [.. shares]);
    }

    /// <summary>Moves traffic to one release.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="release">The release that gets more, by its version label.</param>
    /// <param name="percent">How many of a hundred requests are moved to it, 1 to 100, from the others in proportion to what they
    /// have.</param>
    /// <returns>The VirtualService to apply, and what each release has under it.</returns>
    /// <exception cref="ShiftException">The rules in force leave no way to say it.</exception>
    public (VirtualService Rule, IReadOnlyList<ReleaseShare> Shares) Move(RuleSet rules, string release, int percent)
    {
        RefuseRoutes(rules);
        var versions = Versions(rules);
        var target = SubsetOf(release, versions);
        var rule = rules.VirtualServices.FirstOrDefault(IsForService)
            ?? throw new ShiftException(
                $"No VirtualService for {service} is in force, so its pods take turns. Apply one whose weights can be moved.");
        var route = OpenRoute(rule, versions, takesWhole: false);
        var weights = route.Route.Select(one => new Weight(one.Destination.Subset!, route.Route.Count == 1 ? 1 : one.Weight));
        return Split(rule, route, Weights.Move([.. weights], target, percent), versions);
    }

    /// <summary>Gives each release its share.</summary>
    /// <param name="rules">The rules in force; where they have no VirtualService for the service, one is made.</param>
    /// <param name="shares">A share for each release; releases that are not named get nothing. The sum is 100.</param>
    /// <returns>The VirtualService to apply, and what each release has under it.</returns>
    /// <exception cref="ShiftException">The rules in force leave no way to say it.</exception>
    public (VirtualService Rule, IReadOnlyList<ReleaseShare> Shares) Set(RuleSet rules, IReadOnlyList<ReleaseShare> shares)
    {
        RefuseRoutes(rules);
        var versions = Versions(rules);
        var weights = shares.Where(share => share.Percent > 0)
            .Select(share => new Weight(SubsetOf(share.Release, versions), share.Percent));
        var rule = rules.VirtualServices.FirstOrDefault(IsForService) ?? Fresh();
        return Split(rule, OpenRoute(rule, versions, takesWhole: true), [.. weights], versions);
    }

    /// <summary>A rule for the service where none is in force: every release alike.</summary>
    public VirtualService Fresh() => new()
    {
        Metadata = new Metadata { Name = service, Namespace = services.Namespace },
        Hosts = [service],
        Http = [new HttpRoute { Route = [new HttpRouteDestination { Destination = new Destination { Host = service } }] }],
    };

    /// <summary>A DestinationRule for the service where none is in force.</summary>
    public DestinationRule FreshDestination() => new()
    {
        Metadata = new Metadata { Name = service, Namespace = services.Namespace },
        Host = service,
    };

    /// <summary>A route of the Gateway API comes before a VirtualService: changing that one would have no effect.</summary>
    private void RefuseRoutes(RuleSet rules)
    {
        var route = rules.GatewayApi.OfType<RouteResource>().FirstOrDefault(route => route.ParentRefs.Any(parent =>
            parent.IsService && parent.Name == service && (parent.Namespace ?? route.Namespace) == services.Namespace));
        if (route is not null)
        {
            throw new ShiftException($"{route.Subject} routes the calls to {service}. Change its weights, or remove it.");
        }
    }

    private string SubsetOf(string release, Dictionary<string, string> versions) =>
        versions.FirstOrDefault(subset => subset.Value == release).Key
            ?? throw new ShiftException($"No DestinationRule for {service} has a subset with the label version: {release}.");

    private static (VirtualService Rule, IReadOnlyList<ReleaseShare> Shares) Split(
        VirtualService rule, HttpRoute route, IReadOnlyList<Weight> shares, Dictionary<string, string> versions)
    {
        var moved = route with { Route = [.. shares.Select(share => Entry(route, share))] };
        return (
            rule with { Http = [.. rule.Http.Select(one => ReferenceEquals(one, route) ? moved : one)] },
            [.. shares.Select(share => new ReleaseShare(versions[share.Subset], share.Value))]);
    }

    /// <summary>Whether a rule routes calls to the service inside the mesh.</summary>
    public bool IsForService(VirtualService rule) =>
        (rule.Gateways.Count == 0 || rule.Gateways.Contains(VirtualService.MeshGateway)) && rule.Hosts.Any(_names.Contains);

    /// <summary>Whether a DestinationRule is about the service.</summary>
    public bool IsForService(DestinationRule rule) => _names.Contains(rule.Host);

    /// <summary>The version that each subset stands for, by the subset's name.</summary>
    private Dictionary<string, string> Versions(RuleSet rules) => rules.DestinationRules
        .Where(IsForService)
        .SelectMany(rule => rule.Subsets)
        .Where(subset => subset.Labels.ContainsKey("version"))
        .DistinctBy(subset => subset.Name)
        .ToDictionary(subset => subset.Name, subset => subset.Labels["version"]);

    private static bool IsOpen(HttpRoute route) => route is { Match.Count: 0, Route.Count: > 0 };

    /// <summary>The route that takes what no match takes.</summary>
    private HttpRoute OpenRoute(VirtualService rule, Dictionary<string, string> versions, bool takesWhole)
    {
        var route = rule.Http.FirstOrDefault(IsOpen)
            ?? throw new ShiftException($"{rule.Subject} has no route without a match whose weights could be moved.");
        return Foreign(route, versions) is not { } other || (takesWhole && IsWhole(route))
            ? route
            : throw new ShiftException(
                $"{rule.Subject} sends requests to {other.Host}, subset {other.Subset ?? "none"}: "
                + $"only traffic between releases of {service} can be moved.");
    }

    /// <summary>A route to the whole service, all releases alike, can be split.</summary>
    private bool IsWhole(HttpRoute route) =>
        route.Route.Count == 1 && route.Route[0].Destination is { Subset: null } whole && _names.Contains(whole.Host);

    private Destination? Foreign(HttpRoute route, Dictionary<string, string> versions) => route.Route
        .Select(one => one.Destination)
        .FirstOrDefault(one => !_names.Contains(one.Host) || one.Subset is null || !versions.ContainsKey(one.Subset));

    private static HttpRouteDestination Entry(HttpRoute route, Weight share)
    {
        var entry = route.Route.FirstOrDefault(one => one.Destination.Subset == share.Subset)
            ?? new HttpRouteDestination { Destination = route.Route[0].Destination with { Subset = share.Subset } };
        return entry with { Weight = share.Value };
    }
}
