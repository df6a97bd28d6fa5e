using Bookinfo.Mesh.GatewayApi.Conflicts;
using Bookinfo.Mesh.GatewayApi.Ingresses;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.GatewayApi;

/// <summary>
/// Says which of several resources for one host wins, and why, where at least one of them is a route of the Gateway API or an Ingress: the
/// others take none of the requests that both describe.
/// </summary>
public static class RouteConflictAnalysis
{
    /// <summary>What is to be said about resources that speak for the same host.</summary>
    /// <param name="rules">All the rules.</param>
    /// <param name="known">What runs.</param>
    public static IReadOnlyList<Problem> Analyze(RuleSet rules, KnownServices known)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(known);
        if (rules.GatewayApi.Count + rules.Ingresses.Count == 0)
        {
            return [];
        }

        var facts = ClusterFacts.Of(known);
        var made = ResourceOrder.Sort(IngressTranslator.Translate(GatewayApiTranslator.Translate(rules, facts).Rules, facts));
        return [.. MeshConflicts.Find(made, known), .. GatewayConflicts.Find(made, known)];
    }
}
