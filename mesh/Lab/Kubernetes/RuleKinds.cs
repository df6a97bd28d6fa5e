using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Which kind of the API server each kind of rule is.</summary>
internal static class RuleKinds
{
    /// <summary>The kinds that are rules.</summary>
    public static IReadOnlyList<ResourceDefinition> All => IstioKinds.Applied;

    /// <summary>The kind of a rule.</summary>
    public static ResourceDefinition Of(Resource rule) => All.First(kind => kind.Kind == rule.Kind);

    /// <summary>All rules of a set that are of these kinds.</summary>
    public static IEnumerable<Resource> In(RuleSet rules) =>
        [.. rules.Gateways, .. rules.VirtualServices, .. rules.DestinationRules, .. rules.ServiceEntries];

    /// <summary>A set with one rule in it.</summary>
    public static RuleSet SetOf(Resource rule) => rule switch
    {
        VirtualService service => RuleSet.Empty with { VirtualServices = [service] },
        DestinationRule destination => RuleSet.Empty with { DestinationRules = [destination] },
        Gateway gateway => RuleSet.Empty with { Gateways = [gateway] },
        ServiceEntry entry => RuleSet.Empty with { ServiceEntries = [entry] },
        _ => throw new ArgumentException($"{rule.Subject} is of a kind that is not among the rules here", nameof(rule)),
    };
}
