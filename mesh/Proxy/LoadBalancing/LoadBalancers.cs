using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>
/// Makes the balancer that a policy names; LEAST_REQUEST where it names none (<c>cluster_traffic_policy.go: applyLoadBalancer</c>).
/// </summary>
internal sealed class LoadBalancers(LoadBalancerSettings? settings, RoundRobinPosition position, Randomness randomness, TimeProvider time)
{
    /// <summary>The balancer over <paramref name="hosts"/>, those that are healthy now.</summary>
    public ILoadBalancer Over(UpstreamHost[] hosts)
    {
        if (settings?.ConsistentHash is { } hash)
        {
            return new HashBalancer(HashKeys.Create(hash), HashTables.Create(hash, hosts), new RandomBalancer(hosts, randomness));
        }

        ILoadBalancer balancer = settings?.Simple switch
        {
            SimpleLb.RoundRobin => new RoundRobinBalancer(hosts, position),
            SimpleLb.Random => new RandomBalancer(hosts, randomness),
            _ => new LeastRequestBalancer(hosts, randomness),
        };
        return settings?.Warmup is { } warmUp ? new WarmUpBalancer(balancer, warmUp, randomness, time) : balancer;
    }
}
