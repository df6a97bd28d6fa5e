using Bookinfo.Cluster.Resources;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Pulumi;
using Resource = Pulumi.Resource;

namespace Bookinfo.Cluster.Traffic;

/// <summary>
/// The rules on the cluster: for every service a VirtualService (who gets the request) and a DestinationRule (the subsets, and how they are
/// called). Those of a service that Argo Rollouts delivers belong to its Rollout (<see cref="DeliveryTraffic"/>).
/// </summary>
internal sealed class IstioTraffic : ComponentResource
{
    /// <summary>Creates the rules.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="rules">The rules as <see cref="TrafficPlan"/> makes them.</param>
    /// <param name="workloads">What the rules send requests to: there before them, and removed only after them.</param>
    public IstioTraffic(DeploymentContext context, RuleSet rules, IReadOnlyList<Resource> workloads)
        : base("bookinfo:cluster:Traffic", "traffic")
    {
        var delivery = context.Settings.Delivery;
        foreach (var entry in rules.ServiceEntries)
        {
            RuleManifest.Create(context, entry, RuleWriter.Spec(entry), ChildOptions.Of(this, context.MeshReady));
        }

        // Subsets first, and removed last: a route to a subset that does not exist answers 503.
        List<Resource> destinations = [.. rules.DestinationRules.Where(rule => !delivery.Owns(rule.Host))
            .Select(rule => RuleManifest.Create(context, rule, RuleWriter.Spec(rule), ChildOptions.Of(this, context.MeshReady)))];
        foreach (var rule in rules.VirtualServices.Where(rule => !TrafficPlan.IsAtTheGateway(rule) && !delivery.Owns(rule.Hosts[0])))
        {
            RuleManifest.Create(context, rule, RuleWriter.Spec(rule),
                ChildOptions.Of(this, [.. context.MeshReady, .. destinations, .. workloads]));
        }

        RegisterOutputs();
    }
}
