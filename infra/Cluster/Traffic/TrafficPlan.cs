using Bookinfo.Cluster.Settings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;

namespace Bookinfo.Cluster.Traffic;

/// <summary>
/// Istio's rules as they shall stand on the cluster: one VirtualService and one DestinationRule for every service. What the rule files say
/// holds; weights of the stack's configuration take the place of a service's VirtualService; a service without a rule answers from
/// its first release; and every call gets the stack's policy where its rule says nothing.
/// </summary>
internal static class TrafficPlan
{
    /// <summary>Makes the rules.</summary>
    /// <param name="settings">What the stack asks for.</param>
    /// <param name="fromFiles">What the rule files say.</param>
    /// <exception cref="SettingsException">A rule is for no service of the sample, or sends requests to a release that is not
    /// deployed.</exception>
    public static RuleSet Make(ClusterSettings settings, RuleSet fromFiles)
    {
        CheckHosts(fromFiles);
        var rules = new RuleSet(
            [.. settings.System.Services.Select(service => VirtualService(service, settings, fromFiles)),
                .. fromFiles.VirtualServices.Where(IsAtTheGateway)],
            [.. settings.System.Services.Select(service => DestinationRule(service, settings, fromFiles))],
            fromFiles.Gateways,
            fromFiles.ServiceEntries);
        CheckSubsets(rules);
        return rules;
    }

    /// <summary>Whether it routes only requests that come in at a gateway.</summary>
    public static bool IsAtTheGateway(VirtualService rule) =>
        rule.Gateways.Count > 0 && !rule.Gateways.Contains(Bookinfo.Mesh.Istio.Model.VirtualService.MeshGateway);

    private static VirtualService VirtualService(BookService service, ClusterSettings settings, RuleSet fromFiles)
    {
        var written = fromFiles.VirtualServices.FirstOrDefault(rule => !IsAtTheGateway(rule) && rule.Hosts.Contains(service.Name));
        var rule = settings.Delivery.Owns(service.Name) ? Routed(service, settings, ProgressiveRoute.Of(service))
            : settings.Canary.Weights.ContainsKey(service.Name) || written is null
                ? Routed(service, settings, Weighted(service, settings.Canary.Of(service)))
            : written;
        // One rule for each service, under its name: a file may speak of several services in one, and call it what it likes.
        return rule with
        {
            Metadata = Named(service, settings),
            Hosts = [service.Name],
            Http = [.. rule.Http.Select(route => CallPolicy.Apply(route, service.Protocol, settings.Policy))],
        };
    }

    private static DestinationRule DestinationRule(BookService service, ClusterSettings settings, RuleSet fromFiles)
    {
        var rule = fromFiles.DestinationRules.FirstOrDefault(rule => rule.Host == service.Name)
            ?? new DestinationRule { Metadata = Named(service, settings), Host = service.Name };
        var subsets = settings.Delivery.Owns(service.Name) ? ProgressiveRoute.Subsets(service) : Subsets(service, rule);
        return rule with
        {
            Metadata = Named(service, settings),
            Subsets = subsets,
            TrafficPolicy = CallPolicy.Apply(rule.TrafficPolicy, settings.Policy),
        };
    }

    private static VirtualService Routed(BookService service, ClusterSettings settings, HttpRoute route) =>
        new() { Metadata = Named(service, settings), Hosts = [service.Name], Http = [route] };

    private static Metadata Named(BookService service, ClusterSettings settings) =>
        new() { Name = settings.Delivery.Owns(service.Name) ? ProgressiveRoute.RuleName(service) : service.Name };

    private static HttpRoute Weighted(BookService service, IReadOnlyDictionary<string, int> weights) => new()
    {
        Route =
        [
            .. from release in service.Releases
               where weights.ContainsKey(release.Version)
               select new HttpRouteDestination
               {
                   Destination = new Destination { Host = service.Name, Subset = release.Version },
                   Weight = weights[release.Version],
               },
        ],
    };

    // A subset that selects no pod answers 503: those of releases that are not deployed are left out, so that a rule for one is found out
    // here.
    private static List<Subset> Subsets(BookService service, DestinationRule rule)
    {
        var deployed = service.Releases.Select(release => release.Version).ToHashSet(StringComparer.Ordinal);
        List<Subset> subsets =
            [.. rule.Subsets.Where(subset => !subset.Labels.TryGetValue("version", out var version) || deployed.Contains(version))];
        subsets.AddRange(from version in service.Releases.Select(release => release.Version)
                         where subsets.TrueForAll(subset => subset.Name != version)
                         select new Subset { Name = version, Labels = new Dictionary<string, string> { ["version"] = version } });
        return subsets;
    }

    // A rule for a host that does not exist here would silently do nothing.
    private static void CheckHosts(RuleSet fromFiles)
    {
        var names = BookinfoSystem.Topology.Services.Select(service => service.Name).ToList();
        var hosts = fromFiles.VirtualServices.Where(rule => !IsAtTheGateway(rule))
            .SelectMany(rule => rule.Hosts.Select(host => (rule.Subject, host)))
            .Concat(fromFiles.DestinationRules.Select(rule => (rule.Subject, host: rule.Host)));
        var problems = hosts.Where(rule => !names.Contains(rule.host))
            .Select(rule =>
                $"mesh:rules: {rule.Subject} is for {rule.host}, which is not a service of the sample: write the short name of one of "
                + $"{string.Join(", ", names)}");
        if (problems.ToList() is { Count: > 0 } found)
        {
            throw new SettingsException(found);
        }
    }

    private static void CheckSubsets(RuleSet rules)
    {
        var problems = from rule in rules.VirtualServices
                       from route in rule.Http
                       from destination in route.Route
                       let host = destination.Destination.Host
                       let subset = destination.Destination.Subset
                       let subsets = rules.DestinationRules.FirstOrDefault(known => known.Host == host)?.Subsets.Select(known => known.Name)
                           .ToList() ?? []
                       where subset is not null && !subsets.Contains(subset)
                       select $"the rule for {rule.Hosts[0]} sends requests to {host} {subset}, which is not deployed: there are "
                           + $"{string.Join(", ", subsets)} (releases:{host} adds one)";
        if (problems.Distinct().ToList() is { Count: > 0 } found)
        {
            throw new SettingsException(found);
        }
    }
}
