using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>The destinations of a route with what stands behind each.</summary>
internal static class ExplainedDestinations
{
    public static IReadOnlyList<ExplainedDestination> Of(ForwardAction action, RuleTables tables, Caller caller, DateTimeOffset now)
    {
        var candidates = action.Destinations.Candidates;
        var total = candidates.Sum(candidate => (double)candidate.Weight);
        return [.. candidates.Select(candidate =>
            Of(candidate, candidates.Length == 1 ? 100 : 100 * candidate.Weight / total, tables, caller, now))];
    }

    private static ExplainedDestination Of(RouteDestination destination, double percent, RuleTables tables, Caller caller,
        DateTimeOffset now)
    {
        if (destination.Cluster is not { } spec)
        {
            var parts = destination.ClusterName.Split('|');
            var missing = OutcomeDestinations.Missing(destination, parts[3], parts[2]);
            return new ExplainedDestination(destination.ClusterName, parts[3], parts[2], percent, "", [], missing);
        }

        // A destination that the caller has not used has nothing ejected, and a question about it must not begin its use.
        var ejected = tables.ClustersOf(caller).Find(spec) is { Outliers: not null } cluster
            ? cluster.Hosts.Where(host => host.Health.IsEjected(now)).Select(host => host.Endpoint.Address)
                .ToHashSet(StringComparer.Ordinal) : [];
        var pods = spec.Endpoints.Select(endpoint =>
            new ExplainedPod(endpoint.Pod?.Name ?? endpoint.Address, endpoint.Address, ejected.Contains(endpoint.Address))).ToList();
        var problem = spec.Service.ByRequestedHost ? null
            : pods.Count == 0 ? "no pod carries the labels of the subset"
            : pods.TrueForAll(pod => pod.IsEjected) ? "every pod is ejected"
            : null;
        return new ExplainedDestination(spec.Name, spec.Service.Host, spec.Subset, percent, Balancer(spec), pods, problem);
    }

    private static string Balancer(ClusterSpec spec) => spec.Policy.LoadBalancer switch
    {
        { ConsistentHash: { } hash } => $"consistentHash by {Key(hash)}",
        { Simple: SimpleLb.RoundRobin } => "ROUND_ROBIN",
        { Simple: SimpleLb.Random } => "RANDOM",
        _ => "LEAST_REQUEST",
    };

    private static string Key(ConsistentHashLb hash) => hash switch
    {
        { HttpHeaderName: { Length: > 0 } name } => $"header {name}",
        { HttpCookie: { } cookie } => $"cookie {cookie.Name}",
        { HttpQueryParameterName: { Length: > 0 } name } => $"query parameter {name}",
        _ => "source address",
    };
}
