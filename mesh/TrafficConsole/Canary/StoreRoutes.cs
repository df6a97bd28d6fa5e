using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Routing;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.TrafficConsole.Canary;

/// <summary>Changes the rules of a canary where all others are changed: each change stands in the history and can be undone.</summary>
/// <param name="rules">How they are changed.</param>
/// <param name="store">Where.</param>
internal sealed class StoreRoutes(RolloutRules rules, RuleStore store) : IRoutes
{
    /// <inheritdoc/>
    public void SetWeight(int percent) => Apply(current => rules.SetWeight(current, percent));

    /// <inheritdoc/>
    public void SetHeaderRoute(SetHeaderRouteStep route) => Apply(current => rules.SetHeaderRoute(current, route));

    /// <inheritdoc/>
    public void SetMirrorRoute(SetMirrorRouteStep route) => Apply(current => rules.SetMirrorRoute(current, route));

    /// <inheritdoc/>
    public void RollBack() => Apply(rules.RollBack);

    /// <inheritdoc/>
    public void Promote() => Apply(rules.Promote);

    private void Apply(Func<RuleSet, RuleSet> change)
    {
        var prepared = store.Apply(
            (current, services) => RuleTexts.Changed("canary.yaml", current, change(current), services.Namespace), RuleAuthor.Canary);
        if (prepared.HasErrors)
        {
            throw new RoutingException(prepared.Problems.First(problem => problem.IsRefusal).ToString());
        }
    }
}
