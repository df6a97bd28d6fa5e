using Bookinfo.Cluster.Resources;
using Bookinfo.Mesh.Istio;
using Pulumi;
using Resource = Pulumi.Resource;
using Rule = Bookinfo.Mesh.Istio.Resource;

namespace Bookinfo.Cluster.Traffic;

/// <summary>The rules on the cluster: for every service a VirtualService (who gets the request) and a DestinationRule (the subsets, and how they are called).</summary>
internal sealed class IstioTraffic : ComponentResource
{
    public IstioTraffic(DeploymentContext context, RuleSet rules)
        : base("bookinfo:cluster:Traffic", "traffic")
    {
        foreach (var entry in rules.ServiceEntries)
        {
            Add(context, entry, RuleValues.Spec(entry), "spec", context.MeshReady);
        }

        // Subsets first, and removed last: a route to a subset that nobody names answers 503.
        List<Resource> destinations = [.. rules.DestinationRules.Select(rule => Add(context, rule, RuleValues.Spec(rule), "spec.subsets", context.MeshReady))];
        foreach (var rule in rules.VirtualServices.Where(rule => !TrafficPlan.IsAtTheGateway(rule)))
        {
            Add(context, rule, RuleValues.Spec(rule), "spec.http", [.. context.MeshReady, .. destinations]);
        }

        RegisterOutputs();
    }

    // Pulumi can leave a whole list to another owner, not a field inside its items: the API server applies these lists as one (they have no keys to merge by).
    private Manifest Add(DeploymentContext context, Rule rule, Dictionary<string, object> spec, string shared, IEnumerable<Resource> after)
    {
        var options = ChildOptions.Of(this, after);
        if (context.Settings.Delivery.Owns(rule.Name))
        {
            options.IgnoreChanges.Add(shared);
        }

        var args = new ManifestArgs(WellKnown.Istio.NetworkingApi, rule.Kind) { Metadata = context.Meta(rule.Name, rule.Name) };
        foreach (var (field, value) in spec)
        {
            args.Spec.Add(field, value);
        }

        return new Manifest($"{rule.Name}-{rule.Kind}", args, options);
    }
}
