using Bookinfo.Cluster.Resources;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;
using Pulumi;
using Resource = Pulumi.Resource;

namespace Bookinfo.Cluster.Traffic;

/// <summary>
/// The rules of a service that Argo Rollouts delivers, under names of their own. So a stack that runs goes from weights to delivery and
/// back: the new rules are there before the old ones go, and no rule changes its owner. As long as there are two VirtualServices for a host
/// the older one holds, and the subsets of two DestinationRules are put together (istio <c>pilot/pkg/model/push_context.go</c>:
/// <c>sortConfigByCreationTime</c>,
/// <c>destination_rule.go</c>: <c>mergeDestinationRule</c>).
/// </summary>
internal static class DeliveryTraffic
{
    /// <summary>
    /// The rules of that service; the controller writes the weights of the one and the labels in the subsets of the other.
    /// </summary>
    /// <returns>What the Rollout refers to, so that it comes after.</returns>
    public static IReadOnlyList<Resource> Create(DeploymentContext context, Resource parent, BookService service, RuleSet rules)
    {
        var destination = rules.DestinationRules.Single(rule => rule.Host == service.Name);
        var route = rules.VirtualServices.Single(rule => !TrafficPlan.IsAtTheGateway(rule) && rule.Hosts[0] == service.Name);
        var subsets = RuleManifest.Create(context, destination, RuleWriter.Spec(destination),
            Shared(parent, "spec.subsets", context.MeshReady));
        return [subsets, RuleManifest.Create(context, route, RuleWriter.Spec(route),
            Shared(parent, "spec.http", [.. context.MeshReady, subsets]))];
    }

    // Pulumi can leave a whole list to another owner, not a field inside its items: the API server applies these lists as one (they have no
    // keys to merge by).
    private static CustomResourceOptions Shared(Resource parent, string field, IEnumerable<Resource> after)
    {
        var options = ChildOptions.Of(parent, after);
        options.IgnoreChanges.Add(field);
        return options;
    }
}
