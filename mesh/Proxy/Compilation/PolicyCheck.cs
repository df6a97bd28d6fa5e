using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>Rejects what the mesh cannot do of a DestinationRule, so that it does not pass without effect.</summary>
internal static class PolicyCheck
{
    public static void Check(DestinationRule rule, ServiceRegistry registry, string clusterDomain, List<Problem> problems)
    {
        Check(rule, "spec.trafficPolicy", rule.TrafficPolicy, registry, clusterDomain, problems);
        for (var i = 0; i < rule.Subsets.Count; i++)
        {
            Check(rule, $"spec.subsets[{i}].trafficPolicy", rule.Subsets[i].TrafficPolicy, registry, clusterDomain, problems);
        }
    }

    private static void Check(DestinationRule rule, string path, TrafficPolicy? policy, ServiceRegistry registry, string clusterDomain,
        List<Problem> problems)
    {
        if (policy is null)
        {
            return;
        }

        Check(rule, path, policy.LoadBalancer, policy.ConnectionPool, registry, clusterDomain, problems);
        for (var i = 0; i < policy.PortLevelSettings.Count; i++)
        {
            var port = policy.PortLevelSettings[i];
            Check(rule, $"{path}.portLevelSettings[{i}]", port.LoadBalancer, port.ConnectionPool, registry, clusterDomain, problems);
        }
    }

    private static bool CanBeSet(HttpCookie cookie) =>
        HttpSyntax.IsToken(cookie.Name) && CanBeAttribute(cookie.Path)
        && cookie.Attributes.All(attribute => HttpSyntax.IsToken(attribute.Name) && CanBeAttribute(attribute.Value));

    private static bool CanBeAttribute(string? value) => value is null || (HttpSyntax.IsFieldValue(value) && !value.Contains(';'));

    private static void Check(
        DestinationRule rule, string path, LoadBalancerSettings? balancer, ConnectionPoolSettings? pool,
        ServiceRegistry registry, string clusterDomain, List<Problem> problems)
    {
        if (balancer?.Simple == SimpleLb.Passthrough
            && registry.Find(HostNames.Full(rule.Host, rule.Namespace, clusterDomain), null) is { ByRequestedHost: false })
        {
            problems.Add(rule.Problem(
                Severity.Error, $"{path}.loadBalancer.simple",
                "PASSTHROUGH keeps the address the caller dialled, and callers here dial the mesh",
                "use LEAST_REQUEST, ROUND_ROBIN or RANDOM"));
        }

        if (balancer?.ConsistentHash?.HttpCookie is { } cookie && !CanBeSet(cookie))
        {
            problems.Add(rule.Problem(
                Severity.Error, $"{path}.loadBalancer.consistentHash.httpCookie",
                "the cookie has a character that no Set-Cookie header can have",
                "use letters, digits and hyphens for its name, "
                + "and neither a semicolon nor a control character in its path and attributes"));
        }

        if (pool?.Http?.MaxConcurrentStreams > 0)
        {
            problems.Add(rule.Problem(
                Severity.Error, $"{path}.connectionPool.http.maxConcurrentStreams", "the mesh cannot limit the streams of one connection",
                "use http2MaxRequests for the requests in flight"));
        }
    }
}
