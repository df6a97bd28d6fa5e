using Bookinfo.Mesh.GatewayApi.Ingresses;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>Two sets of rules made one, in the two ways there are: one set with another beneath it, and one applied to another.</summary>
public static class RuleLayers
{
    /// <summary>
    /// Puts a base beneath rules: what is on a cluster before a lesson begins stays as far as the rules have nothing for the same. Of the
    /// base stay its DestinationRules for hosts that the rules have none for, and its Gateways, with the VirtualServices bound to them,
    /// unless the rules have a Gateway, or an Ingress that Istio serves.
    /// </summary>
    /// <param name="below">The base.</param>
    /// <param name="rules">The rules on top of it.</param>
    /// <param name="services">By which names the services are known, for short and full host names that mean one host.</param>
    public static RuleSet Beneath(RuleSet below, RuleSet rules, KnownServices services)
    {
        ArgumentNullException.ThrowIfNull(below);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(services);
        var hosts = rules.DestinationRules.Select(rule => HostNames.Full(rule.Host, rule.Namespace, services.ClusterDomain))
            .ToHashSet(StringComparer.Ordinal);
        var keepsGateway = rules.Gateways.Count == 0 && !rules.GatewayApi.Any(resource => resource is Istio.GatewayApi.Gateway)
            && IngressTranslator.Served(rules).Count == 0;
        return new RuleSet(
            [.. rules.VirtualServices,
                .. New(below.VirtualServices, rules.VirtualServices).Where(rule => keepsGateway || IsForMesh(rule))],
            [.. rules.DestinationRules,
                .. New(below.DestinationRules, rules.DestinationRules)
                    .Where(rule => !hosts.Contains(HostNames.Full(rule.Host, rule.Namespace, services.ClusterDomain)))],
            [.. rules.Gateways, .. below.Gateways.Where(_ => keepsGateway)],
            [.. rules.ServiceEntries, .. New(below.ServiceEntries, rules.ServiceEntries)])
        {
            GatewayApi = [.. rules.GatewayApi, .. New(below.GatewayApi, rules.GatewayApi)],
            Ingresses = [.. rules.Ingresses, .. New(below.Ingresses, rules.Ingresses)],
        };
    }

    /// <summary>
    /// Applies rules to those in force as <c>kubectl apply</c> does: a resource that is there already is replaced where it stands, any
    /// other is added at the end.
    /// </summary>
    /// <param name="current">The rules in force.</param>
    /// <param name="change">What is applied.</param>
    public static RuleSet Apply(RuleSet current, RuleSet change)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(change);
        return new RuleSet(
            Replace(current.VirtualServices, change.VirtualServices),
            Replace(current.DestinationRules, change.DestinationRules),
            Replace(current.Gateways, change.Gateways),
            Replace(current.ServiceEntries, change.ServiceEntries))
        {
            GatewayApi = Replace(current.GatewayApi, change.GatewayApi),
            Ingresses = Replace(current.Ingresses, change.Ingresses),
        };
    }

    /// <summary>Takes rules out.</summary>
    /// <param name="current">The rules in force.</param>
    /// <param name="isRemoved">Says which go.</param>
    public static RuleSet Without(RuleSet current, Func<Resource, bool> isRemoved)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current with
        {
            VirtualServices = [.. current.VirtualServices.Where(rule => !isRemoved(rule))],
            DestinationRules = [.. current.DestinationRules.Where(rule => !isRemoved(rule))],
            Gateways = [.. current.Gateways.Where(rule => !isRemoved(rule))],
            ServiceEntries = [.. current.ServiceEntries.Where(rule => !isRemoved(rule))],
            GatewayApi = [.. current.GatewayApi.Where(rule => !isRemoved(rule))],
            Ingresses = [.. current.Ingresses.Where(rule => !isRemoved(rule))],
        };
    }

    private static IReadOnlyList<T> Replace<T>(IReadOnlyList<T> current, IReadOnlyList<T> change)
        where T : Resource
    {
        if (change.Count == 0)
        {
            return current;
        }

        var left = change.DistinctBy(Key).ToDictionary(Key);
        var there = new HashSet<(string, string, string)>();
        var replaced = current.ToList();
        for (var i = 0; i < replaced.Count; i++)
        {
            var key = Key(replaced[i]);
            if (left.TryGetValue(key, out var other))
            {
                there.Add(key);
                replaced[i] = other;
            }
        }

        return [.. replaced, .. change.Where(rule => !there.Contains(Key(rule)))];
    }

    private static IEnumerable<T> New<T>(IReadOnlyList<T> rules, IReadOnlyList<T> others)
        where T : Resource
    {
        var there = others.Select(Key).ToHashSet();
        return rules.Where(rule => !there.Contains(Key(rule)));
    }

    private static (string Kind, string Namespace, string Name) Key(Resource resource) =>
        (resource.Kind, resource.Namespace, resource.Name);

    private static bool IsForMesh(VirtualService rule) => rule.Gateways.Count == 0 || rule.Gateways.Contains(VirtualService.MeshGateway);
}
