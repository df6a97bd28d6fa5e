using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>
/// What of the rules for a request's host is not used, because rules for one host are joined and others win: a second VirtualService, a
/// delegate's rule that conflicts, and parts of a second DestinationRule.
/// </summary>
internal sealed class DroppedRules(RuleTables tables, Caller caller, MeshOptions options)
{
    private RuleSet Rules => tables.Compiled;

    /// <summary>Of the rules that choose a route at a virtual host.</summary>
    public IEnumerable<DroppedRule> Of(VirtualHost host)
    {
        var name = host.Name[..host.Name.LastIndexOf(':')];
        var looked = host.Rules.Select(Key).ToHashSet();
        foreach (var rule in Rules.VirtualServices.Where(rule => IsForCaller(rule, host)))
        {
            if (!looked.Contains(Key(rule)))
            {
                var own = rule.Hosts.Select((each, i) => (Full: HostNames.Full(each, rule.Namespace, options.ClusterDomain), Index: i))
                    .FirstOrDefault(each => HostNames.IsWithin(name, each.Full));
                if (own.Full is not null)
                {
                    yield return Unused(rule, $"spec.hosts[{own.Index}]", host.IsTcp
                        ? $"the name of port {host.Port} of {name} says TCP: Istio forwards its bytes, and no rule for HTTP holds"
                        : own.Full.StartsWith('*') && own.Full != name
                        ? $"a rule with a more specific host than {own.Full} speaks for {name}"
                        : $"{Subject(host.Rules)} speaks for {name} already");
                }
            }
            else
            {
                foreach (var conflict in Delegates.Conflicts(rule, Rules.VirtualServices, options.ClusterDomain))
                {
                    yield return Unused(conflict.Target, conflict.Path,
                        $"its matches conflict with those of {rule.Subject} spec.http[{conflict.RootIndex}], which delegates to it");
                }
            }
        }
    }

    /// <summary>Of the DestinationRules for the destinations of a route.</summary>
    public IEnumerable<DroppedRule> Of(ForwardAction forward)
    {
        var index = new DestinationRuleIndex(Rules.DestinationRules, caller.Workload.Namespace, options);
        var services = forward.Destinations.Candidates.Select(candidate => candidate.Cluster).OfType<ClusterSpec>()
            .Select(cluster => cluster.Service).DistinctBy(service => service.Host);
        return services.SelectMany(service => index.Find(service) is { } merged ? Of(service, merged) : []);
    }

    private IEnumerable<DroppedRule> Of(Service service, MergedDestinationRule merged)
    {
        var subsets = new Dictionary<string, DestinationRule>(StringComparer.Ordinal);
        DestinationRule? policy = null;
        foreach (var rule in merged.Rules)
        {
            if (policy is not null && rule.TrafficPolicy is not null)
            {
                yield return Unused(rule, "spec.trafficPolicy", $"{policy.Subject} has a trafficPolicy for {service.Host} already");
            }

            policy ??= rule.TrafficPolicy is null ? null : rule;
            for (var i = 0; i < rule.Subsets.Count; i++)
            {
                if (!subsets.TryAdd(rule.Subsets[i].Name, rule))
                {
                    yield return Unused(rule, $"spec.subsets[{i}]",
                        $"{subsets[rule.Subsets[i].Name].Subject} has a subset {rule.Subsets[i].Name} of {service.Host} already");
                }
            }
        }

        foreach (var other in Rules.DestinationRules.Where(rule => !merged.Rules.Contains(rule)
            && Visibility.IsVisible(rule.ExportTo, rule.Namespace, caller.Workload.Namespace)
            && HostNames.IsWithin(service.Host, HostNames.Full(rule.Host, rule.Namespace, options.ClusterDomain))))
        {
            yield return Unused(other, "spec.host", $"{merged.Rules[0].Subject} comes before it for {service.Host}: the caller's "
                + "namespace counts first, then the service's, then the root namespace, and in each the most specific host");
        }
    }

    private static (string Namespace, string Name) Key(VirtualService rule) => (rule.Namespace, rule.Name);

    private static string Subject(IReadOnlyList<VirtualService> rules) =>
        rules.Count == 0 ? "another rule" : RouteOrigin.AllOf(rules[0]).FirstOrDefault()?.Resource.Subject ?? rules[0].Subject;

    private static DroppedRule Unused(Resource resource, string path, string reason) =>
        new(resource.Subject, path, reason, resource.Source.File, resource.Source.Find(path).Line);

    /// <summary>A delegate has no hosts, and a route of the Gateway API stands for several resources: neither is told here.</summary>
    private bool IsForCaller(VirtualService rule, VirtualHost host) =>
        rule.Hosts.Count > 0 && rule.Semantics == RouteSemantics.Istio
        && (caller.IsGateway
            ? rule.Gateways.Any(gateway => host.Gateways.Contains(GatewayNames.Full(gateway, rule.Namespace)))
            : rule.Gateways.Count == 0 || rule.Gateways.Contains(VirtualService.MeshGateway))
        && Visibility.IsVisible(rule.ExportTo, rule.Namespace, caller.Workload.Namespace);
}
