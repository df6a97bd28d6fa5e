using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Pipeline;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>Any endpoint.</summary>
internal sealed class RandomBalancer(UpstreamHost[] hosts, Randomness randomness) : ILoadBalancer
{
    public UpstreamHost? Pick(Exchange exchange) => hosts.Length == 0 ? null : hosts[randomness.Below(hosts.Length)];
}
