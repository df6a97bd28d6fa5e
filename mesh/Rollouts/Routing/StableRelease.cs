using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Rollouts.Routing;

/// <summary>Finds the release of a service that has the traffic.</summary>
public static class StableRelease
{
    /// <summary>The version label of the subset that gets most of what no match takes.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="service">The service.</param>
    /// <returns>The version; null where no rule names a release.</returns>
    public static string? Find(RuleSet rules, string service)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var subset = rules.VirtualServices
            .Where(rule => (rule.Gateways.Count == 0 || rule.Gateways.Contains(VirtualService.MeshGateway))
                && rule.Hosts.Any(host => IsOf(host, service)))
            .SelectMany(rule => rule.Http).FirstOrDefault(route => route is { Match.Count: 0, Route.Count: > 0 })?
            .Route.MaxBy(destination => destination.Weight)?.Destination.Subset;
        return subset is null ? null : rules.DestinationRules.Where(rule => IsOf(rule.Host, service))
            .SelectMany(rule => rule.Subsets).FirstOrDefault(one => one.Name == subset)?
            .Labels.GetValueOrDefault("version");
    }

    private static bool IsOf(string host, string service) => host.Split('.')[0] == service;
}
