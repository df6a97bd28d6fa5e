using Bookinfo.Mesh.Istio;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>
/// Moves part of a service's traffic to one of its releases: the VirtualService for the service as it is in force, with other weights. Rules with matches (for one user, for one
/// path) stay; what moves is the route for every other request.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="services">By which names it is known.</param>
internal sealed class TrafficShift(string service, KnownServices services)
{
    private readonly string[] _names = [service, $"{service}.{services.Namespace}.svc.{services.ClusterDomain}"];

    /// <summary>Changes the rules.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="release">The release that gets more, by its version label.</param>
    /// <param name="percent">How many of a hundred requests are moved to it, 1 to 100, from the others in proportion to what they have.</param>
    /// <returns>The VirtualService to apply, and what each release has under it.</returns>
    /// <exception cref="ShiftException">The rules in force leave no way to say it.</exception>
    public (VirtualService Rule, IReadOnlyList<ReleaseShare> Shares) Move(RuleSet rules, string release, int percent)
    {
        var versions = Versions(rules);
        var target = versions.FirstOrDefault(subset => subset.Value == release).Key
            ?? throw new ShiftException($"No DestinationRule for {service} has a subset with the label version: {release}.");
        var rule = rules.VirtualServices.FirstOrDefault(IsForService)
            ?? throw new ShiftException($"No VirtualService for {service} is in force, so its pods take turns; put one in force whose weights can be moved.");
        var at = OpenRoute(rule);
        CheckDestinations(rule, at, versions);

        var route = rule.Http[at];
        var shares = Weights.Move([.. route.Route.Select(one => new Weight(one.Destination.Subset!, route.Route.Count == 1 ? 1 : one.Weight))], target, percent);
        var moved = route with { Route = [.. shares.Select(share => Entry(route, share))] };
        return (
            rule with { Http = [.. rule.Http.Select((one, index) => index == at ? moved : one)] },
            [.. shares.Select(share => new ReleaseShare(versions[share.Subset], share.Value))]);
    }

    private bool IsForService(VirtualService rule) =>
        (rule.Gateways.Count == 0 || rule.Gateways.Contains(VirtualService.MeshGateway)) && rule.Hosts.Any(_names.Contains);

    /// <summary>The version that each subset stands for, by the subset's name.</summary>
    private Dictionary<string, string> Versions(RuleSet rules) => rules.DestinationRules
        .Where(rule => _names.Contains(rule.Host))
        .SelectMany(rule => rule.Subsets)
        .Where(subset => subset.Labels.ContainsKey("version"))
        .DistinctBy(subset => subset.Name)
        .ToDictionary(subset => subset.Name, subset => subset.Labels["version"]);

    private static int OpenRoute(VirtualService rule)
    {
        for (var at = 0; at < rule.Http.Count; at++)
        {
            if (rule.Http[at] is { Match.Count: 0, Route.Count: > 0 })
            {
                return at;
            }
        }

        throw new ShiftException($"{rule.Subject} has no route without a match whose weights could be moved.");
    }

    private void CheckDestinations(VirtualService rule, int at, Dictionary<string, string> versions)
    {
        var other = rule.Http[at].Route
            .Select(one => one.Destination)
            .FirstOrDefault(one => !_names.Contains(one.Host) || one.Subset is null || !versions.ContainsKey(one.Subset));
        if (other is not null)
        {
            throw new ShiftException($"{rule.Subject} sends requests to {other.Host}, subset {other.Subset ?? "none"}: only traffic between releases of {service} can be moved.");
        }
    }

    private static HttpRouteDestination Entry(HttpRoute route, Weight share)
    {
        var entry = route.Route.FirstOrDefault(one => one.Destination.Subset == share.Subset)
            ?? new HttpRouteDestination { Destination = route.Route[0].Destination with { Subset = share.Subset } };
        return entry with { Weight = share.Value };
    }
}
