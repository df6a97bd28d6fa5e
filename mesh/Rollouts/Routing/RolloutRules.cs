using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Plans;

namespace Bookinfo.Mesh.Rollouts.Routing;

/// <summary>
/// The rules that a canary changes, out of those in force. On a cluster the program that deploys the Rollout makes its VirtualService and
/// DestinationRule; where they are not there, they are made here in the same way. The VirtualService that routes the service keeps its name
/// and its routes with matches. Argo tells the pods of the releases by their pod template's hash; here the label <c>version</c> does.
/// </summary>
/// <param name="plan">What is run.</param>
public sealed class RolloutRules(RolloutPlan plan)
{
    private const string Version = "version";

    private readonly CanaryRoutes _canary = new(plan.Subsets, plan.Rollout.Canary.ManagedRoutes);

    /// <summary>Gives the canary a share.</summary>
    /// <returns>The rules to apply.</returns>
    /// <exception cref="RoutingException">The rules in force leave no way to do it.</exception>
    public RuleSet SetWeight(RuleSet current, int percent) =>
        Change(current, plan.Releases.From, (rule, routes, _) => _canary.SetWeight(rule, routes, percent));

    /// <summary>Sends requests with a header to the canary, or takes that route away.</summary>
    /// <returns>The rules to apply.</returns>
    /// <exception cref="RoutingException">The rules in force leave no way to do it.</exception>
    public RuleSet SetHeaderRoute(RuleSet current, SetHeaderRouteStep step) =>
        Change(current, plan.Releases.From, (rule, routes, host) => _canary.SetHeaderRoute(rule, routes, step, host));

    /// <summary>Copies requests to the canary, or takes that route away.</summary>
    /// <returns>The rules to apply.</returns>
    /// <exception cref="RoutingException">The rules in force leave no way to do it.</exception>
    public RuleSet SetMirrorRoute(RuleSet current, SetMirrorRouteStep step) =>
        Change(current, plan.Releases.From, (rule, routes, host) => _canary.SetMirrorRoute(rule, routes, step, host));

    /// <summary>Takes the canary's traffic and the routes of steps away.</summary>
    /// <returns>The rules to apply.</returns>
    /// <exception cref="RoutingException">The rules in force leave no way to do it.</exception>
    public RuleSet RollBack(RuleSet current) => Change(current, plan.Releases.From,
        (rule, routes, _) => _canary.SetWeight(_canary.RemoveManaged(rule), routes, 0));

    /// <summary>Makes the canary the stable release.</summary>
    /// <returns>The rules to apply.</returns>
    /// <exception cref="RoutingException">The rules in force leave no way to do it.</exception>
    public RuleSet Promote(RuleSet current) => Change(current, plan.Releases.To,
        (rule, routes, _) => _canary.SetWeight(_canary.RemoveManaged(rule), routes, 0));

    private RuleSet Change(RuleSet current, string stable, Func<VirtualService, IReadOnlyList<string>, string, VirtualService> change)
    {
        ArgumentNullException.ThrowIfNull(current);
        var subsets = Subsets(current, stable);
        return RuleSet.Empty with
        {
            VirtualServices =
            [
                .. plan.Istio.VirtualServices.Select(routed => change(Find(current, routed), routed.Routes, subsets.Host)),
            ],
            DestinationRules = [subsets],
        };
    }

    /// <summary>
    /// The DestinationRule with its two subsets pointing at the releases (<c>istio.go: UpdateHash</c>); other subsets go, as there.
    /// </summary>
    private DestinationRule Subsets(RuleSet current, string stable)
    {
        var names = plan.Subsets;
        var rule = current.DestinationRules.FirstOrDefault(rule => rule.Name == names.Name) ?? new DestinationRule
        {
            Metadata = new Metadata { Name = names.Name, Namespace = Namespace(current) },
            Host = plan.Releases.Service,
            Subsets = [new Subset { Name = names.Stable }, new Subset { Name = names.Canary }],
        };
        return rule with
        {
            Subsets =
            [
                .. rule.Subsets.Where(subset => subset.Name == names.Stable || subset.Name == names.Canary)
                    .Select(subset => subset with
                    {
                        Labels = new Dictionary<string, string>(subset.Labels)
                        {
                            [Version] = subset.Name == names.Canary ? plan.Releases.To : stable,
                        },
                    }),
            ],
        };
    }

    /// <summary>The VirtualService of that name, or the one that routes the service, with the weighted route in it.</summary>
    private VirtualService Find(RuleSet current, RoutedVirtualService routed)
    {
        var name = routed.Name.Split('.')[0];
        if (current.VirtualServices.FirstOrDefault(rule => rule.Name == name) is { } named)
        {
            return named;
        }

        var own = current.VirtualServices.FirstOrDefault(IsForService);
        var route = Route(routed, own);
        return own is null
            ? new VirtualService
            {
                Metadata = new Metadata { Name = name, Namespace = Namespace(current) },
                Hosts = [plan.Releases.Service],
                Http = [route],
            }
            : own with { Http = [.. own.Http.Where(one => one.Match.Count > 0 && one.Name != route.Name), route] };
    }

    /// <summary>The weighted route as it stands, or one to the two subsets in place of the route that takes what no match takes.</summary>
    private HttpRoute Route(RoutedVirtualService routed, VirtualService? own)
    {
        var name = routed.Routes.Count > 0 ? routed.Routes[0] : null;
        if (own?.Http.FirstOrDefault(route => name is not null && route.Name == name) is { } known && IsSplit(known))
        {
            return known;
        }

        var open = own?.Http.FirstOrDefault(route => route.Match.Count == 0) ?? new HttpRoute();
        return IsSplit(open) && (name is null || open.Name == name) ? open : open with
        {
            Name = name ?? open.Name,
            Route = [To(plan.Subsets.Stable, 100), To(plan.Subsets.Canary, 0)],
        };
    }

    private bool IsSplit(HttpRoute route) => route.Route.Any(one => one.Destination.Subset == plan.Subsets.Stable)
        && route.Route.Any(one => one.Destination.Subset == plan.Subsets.Canary);

    private HttpRouteDestination To(string subset, int weight) =>
        new() { Destination = new Destination { Host = plan.Releases.Service, Subset = subset }, Weight = weight };

    private bool IsForService(VirtualService rule) =>
        (rule.Gateways.Count == 0 || rule.Gateways.Contains(VirtualService.MeshGateway))
        && rule.Hosts.Any(host => host.Split('.')[0] == plan.Releases.Service);

    /// <summary>New rules stand where the service's other rules stand.</summary>
    private string? Namespace(RuleSet current) =>
        current.DestinationRules.FirstOrDefault(rule => rule.Host.Split('.')[0] == plan.Releases.Service)?.Metadata.Namespace;
}
